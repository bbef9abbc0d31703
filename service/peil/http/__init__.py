"""HTTP as it holds for every request, before any slice: paths, headers, bodies, negotiation."""
