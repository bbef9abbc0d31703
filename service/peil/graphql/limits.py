"""What a GraphQL document may ask, found out before anything runs in time linear in its tokens."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

import msgspec
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
)

_MAX_ERRORS = 20


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The most that one document may ask; every number is inclusive."""

    characters: int = 65_536
    """Of source text; the body of a request is no longer either."""
    tokens: int = 2_000
    comments: int = 200
    depth: int = 16
    """Fields below each other; the introspection query of the usual tools needs 15."""
    aliases: int = 30
    root_fields: int = 20
    cost: int = 10_000
    """Fields that can be answered: each counts once, times `first` of every connection around it, and `listing`."""
    first: int = 100
    """Items of one page."""
    listing: int = 25
    """Items that a list without pages counts for: nobody says beforehand how many there are."""

    def parse_options(self) -> dict[str, int]:
        """What the parser is to refuse while it reads."""
        return {
            "max_lexical_tokens": self.tokens,
            "max_comments": self.comments,
            "max_source_length": self.characters,
        }


class Weight(NamedTuple):
    """What a selection asks, with every fragment in it written out."""

    depth: int = 0
    width: int = 0
    """Fields at the top of the selection."""
    aliases: int = 0
    cost: int = 0


class Measure(NamedTuple):
    """The weight of one operation, what it took to find it, and what was wrong on the way."""

    weight: Weight
    visits: int
    errors: list[GraphQLError]


def check(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits,
) -> list[GraphQLError]:
    """Why `operation` may not run with these raw `variables`; an empty list when it may."""
    weight, _, errors = measure(schema, document, operation, variables, limits)
    found = {
        "depth": (weight.depth, limits.depth),
        "root-fields": (weight.width, limits.root_fields),
        "aliases": (weight.aliases, limits.aliases),
        "cost": (weight.cost, limits.cost),
    }
    errors += [
        refusal(f"{name}-exceeded", f"The limit for {name.replace('-', ' ')} is {limit}.")
        for name, (value, limit) in found.items()
        if value > limit
    ]
    return errors[:_MAX_ERRORS]


def measure(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    limits: Limits,
) -> Measure:
    """Weighs `operation` in one pass: every fragment of the document once, then the operation.

    Nodes are visited at most twice (once for the order of the fragments), whatever the fragments spread.
    """
    scale = _Scale(schema, {**_defaults(operation), **variables}, limits)
    fragments = {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    spreads = {
        name: [spread for spread in dict.fromkeys(scale.spreads(node.selection_set)) if spread in fragments]
        for name, node in fragments.items()
    }
    try:
        order = list(TopologicalSorter(spreads).static_order())
    except CycleError as error:
        cycle = " in ".join(error.args[1])
        scale.errors.append(refusal("fragment-cycle", f"Fragments spread themselves: {cycle}."))
        return Measure(Weight(), scale.visits, scale.errors)
    for name in order:
        condition = schema.get_type(fragments[name].type_condition.name.value)
        scale.fragments[name] = scale.weigh(fragments[name].selection_set, condition)
    weight = scale.weigh(operation.selection_set, schema.get_root_type(operation.operation))
    return Measure(weight, scale.visits, scale.errors)


class _Scale:
    """Weighs selections; `fragments` holds those that are weighed already."""

    def __init__(self, schema: GraphQLSchema, variables: Mapping[str, Any], limits: Limits) -> None:
        self._schema = schema
        self._variables = variables
        self._limits = limits
        self.fragments: dict[str, Weight] = {}
        self.visits = 0
        self.errors: list[GraphQLError] = []

    def spreads(self, selections: SelectionSetNode) -> Iterator[str]:
        """The names of the fragments spread anywhere in `selections`."""
        stack = [selections]
        while stack:
            for node in stack.pop().selections:
                self.visits += 1
                if isinstance(node, FragmentSpreadNode):
                    yield node.name.value
                elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
                    stack.append(node.selection_set)

    def weigh(self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None) -> Weight:
        """The weight of `selections` on `parent`. It recurses as a definition nests: 200 deep."""
        depth = width = aliases = cost = 0
        for node in selections.selections if selections else ():
            self.visits += 1
            if isinstance(node, FragmentSpreadNode):
                # A fragment that does not exist weighs nothing here; validation refuses it afterwards.
                part = self.fragments.get(node.name.value, Weight())
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                part = self.weigh(
                    node.selection_set, self._schema.get_type(condition.name.value) if condition else parent
                )
            else:
                part = self._field(node, parent)  # type: ignore[arg-type]  # the third and last kind of selection
            depth = max(depth, part.depth)
            # How far beyond is of no use, and the sums of a fragment bomb double with every fragment.
            width = min(width + part.width, self._limits.root_fields + 1)
            aliases = min(aliases + part.aliases, self._limits.aliases + 1)
            cost = min(cost + part.cost, self._limits.cost + 1)
        return Weight(depth, width, aliases, cost)

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Weight:
        field = self._schema.get_field(parent, node.name.value) if parent else None  # type: ignore[arg-type]  # any named type has no such field
        times = self._times(node, parent, field) if parent and field else 1
        below = self.weigh(node.selection_set, get_named_type(field.type) if field else None)
        return Weight(below.depth + 1, 1, below.aliases + (node.alias is not None), 1 + times * below.cost)

    def _times(self, node: FieldNode, parent: GraphQLNamedType, field: GraphQLField) -> int:
        """How often what is below may be answered."""
        if "first" in field.args:
            return self._first(node)
        return self._limits.listing if (parent.name.endswith("Listing") and node.name.value == "items") else 1

    def _first(self, node: FieldNode) -> int:
        """`first` of a connection; 1 and an error when it is missing or out of range."""
        value = None
        for argument in node.arguments or ():
            self.visits += 1
            if argument.name.value == "first":
                value = self._number(argument.value)
        most = self._limits.first
        if value is None or not 1 <= value <= most:
            name = node.name.value
            self.errors.append(
                refusal("first-out-of-range", f"'{name}' needs 'first', an integer from 1 to {most}.", node)
            )
            return 1
        return value

    def _number(self, value: ValueNode | None) -> int | None:
        if isinstance(value, VariableNode):
            known = self._variables.get(value.name.value)
            return self._number(known) if isinstance(known, ValueNode) else _integer(known)
        if isinstance(value, IntValueNode):
            # Ten digits are out of every range, and thousands of them are work for int().
            return int(value.value) if len(value.value) < 10 else None
        return None


def refusal(code: str, message: str, *nodes: FieldNode) -> GraphQLError:
    """A request error with a stable code."""
    return GraphQLError(message, list(nodes) or None, extensions={"code": code})


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        definition.variable.name.value: definition.default_value
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }


def _integer(value: Any) -> int | None:
    """JSON numbers without a fraction are integers; booleans are not numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return None
    return int(value)
