"""What happens to a document before it runs, in order: bounded parsing, limits, validation, variables."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    get_operation_ast,
    get_variable_values,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from peil.graphql.limits import Limits, check, refusal

_MAX_ERRORS = 20
_RULES = (*specified_rules, OneOfInputValidationRule)
# The one rule that compares fields with each other: 50 ms at most, where a usual document takes 1 % of it.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 50_000


class Sound:
    """Documents that were found valid, parsed: programs send the same ones again and again.

    The least recently sent go where there are too many. Validation knows no variables, and whether the caller may
    ask about the schema is part of the key; limits depend on variables and are checked each time.
    """

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, bool], DocumentNode] = OrderedDict()

    def find(self, text: str, *, introspection: bool) -> DocumentNode | None:
        """The document with this text; None: it was not found valid lately, by somebody who may do as much."""
        key = text, introspection
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, text: str, document: DocumentNode, *, introspection: bool) -> None:
        self._kept[text, introspection] = document
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)


class Guard(SchemaExtension):
    """Refuses a document as a request error; nothing of it has run then."""

    def __init__(self, limits: Limits, sound: Sound) -> None:
        super().__init__()
        self._limits = limits
        self._sound = sound

    def on_operation(self) -> Iterator[None]:
        """Tells the parser where to stop."""
        self.execution_context.parse_options.update(self._limits.parse_options())  # type: ignore[typeddict-item]  # Strawberry names one of the parser's options
        yield

    def on_parse(self) -> Iterator[None]:
        """Takes a document that is known to be valid; without one, Strawberry parses it."""
        self.execution_context.graphql_document = self._known()
        yield

    def _known(self) -> DocumentNode | None:
        run = self.execution_context
        return self._sound.find(run.query or "", introspection=run.context.introspection)

    def on_validate(self) -> Iterator[None]:
        """Does Strawberry's validation instead of it: limits come first, and nothing is suggested."""
        self.execution_context.pre_execution_errors = self._errors()
        yield

    def _errors(self) -> list[GraphQLError]:
        """Each step bounds the work of the next, so the first that finds something is the last."""
        operation = self._operation()
        if isinstance(operation, GraphQLError):
            return [operation]
        run = self.execution_context
        document, variables = run.graphql_document, run.variables or {}
        assert document is not None  # noqa: S101  # Strawberry validates what it has parsed
        schema = run.schema._schema  # Strawberry has no other name for it
        errors = check(schema, document, operation, variables, self._limits) or self._invalid(schema, document)
        return errors or self._unfit(
            get_variable_values(
                schema,
                operation.variable_definitions or (),
                variables,
                max_errors=_MAX_ERRORS,
                hide_suggestions=True,
            )
        )

    def _invalid(self, schema: GraphQLSchema, document: DocumentNode) -> list[GraphQLError]:
        run = self.execution_context
        if document is self._known():
            return []
        rules = _RULES if run.context.introspection else (*_RULES, NoSchemaIntrospectionCustomRule)
        errors = validate(schema, document, rules, max_errors=_MAX_ERRORS, hide_suggestions=True)
        if not errors:
            self._sound.keep(run.query or "", document, introspection=run.context.introspection)
        return errors

    def _operation(self) -> OperationDefinitionNode | GraphQLError:
        """The operation that is to run. Strawberry would take the first of many that have no name given."""
        run = self.execution_context
        asked = run._provided_operation_name  # its public name falls back to the first operation
        operation = get_operation_ast(run.graphql_document, asked)  # type: ignore[arg-type]  # parsed by now
        return operation or refusal("unknown-operation", "Name one operation of the document in 'operationName'.")

    def _unfit(self, values: Sequence[GraphQLError] | Any) -> list[GraphQLError]:
        # The cause of a variable's error is ours to know: a caller's mistake is no internal error.
        return [GraphQLError(error.message, error.nodes) for error in values] if isinstance(values, list) else []
