"""GraphQL over the same operations as REST: types made from the Structs, limits before execution."""
