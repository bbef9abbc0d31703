"""What happens to a document before it runs, in order: bounded parsing, limits, validation, variables."""

from collections.abc import Iterator, Sequence
from typing import Any

from graphql import (
    GraphQLError,
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


class Guard(SchemaExtension):
    """Refuses a document as a request error; nothing of it has run then."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def on_operation(self) -> Iterator[None]:
        """Tells the parser where to stop."""
        self.execution_context.parse_options.update(self._limits.parse_options())  # type: ignore[typeddict-item]  # Strawberry names one of the parser's options
        yield

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
        rules = _RULES if run.context.introspection else (*_RULES, NoSchemaIntrospectionCustomRule)
        errors = check(schema, document, operation, variables, self._limits)
        errors = errors or validate(schema, document, rules, max_errors=_MAX_ERRORS, hide_suggestions=True)
        return errors or self._unfit(
            get_variable_values(
                schema,
                operation.variable_definitions or (),
                variables,
                max_errors=_MAX_ERRORS,
                hide_suggestions=True,
            )
        )

    def _operation(self) -> OperationDefinitionNode | GraphQLError:
        """The operation that is to run. Strawberry would take the first of many that have no name given."""
        run = self.execution_context
        asked = run._provided_operation_name  # its public name falls back to the first operation
        operation = get_operation_ast(run.graphql_document, asked)  # type: ignore[arg-type]  # parsed by now
        return operation or refusal("unknown-operation", "Name one operation of the document in 'operationName'.")

    def _unfit(self, values: Sequence[GraphQLError] | Any) -> list[GraphQLError]:
        # The cause of a variable's error is ours to know: a caller's mistake is no internal error.
        return [GraphQLError(error.message, error.nodes) for error in values] if isinstance(values, list) else []
