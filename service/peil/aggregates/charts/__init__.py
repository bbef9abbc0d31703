"""Pictures of what a release says: figures become a Vega-Lite spec, and a spec becomes SVG or PNG."""
