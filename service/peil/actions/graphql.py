"""Actions and progress checks over GraphQL."""

from peil.actions import checks, drafts, operations
from peil.actions.model import Action, ProgressCheck
from peil.campaigns.model import Campaign
from peil.graphql.fields import Context, edge, mutation, node, query


async def actions(context: Context, campaign: Campaign) -> list[Action]:
    """The actions that came of it, as far as they are for everyone or for the caller's units."""
    return await context.load(operations.list_actions_by_campaign_id, campaign.campaign_id)


async def progress_checks(context: Context, action: Action) -> list[ProgressCheck]:
    """Its progress checks by day, as far as they are due."""
    return await context.load(checks.list_progress_checks_by_action_id, action.action_id)


FIELDS = [
    node(operations.get_action),
    query(operations.list_actions),
    query(drafts.list_action_drafts),
    mutation(operations.create_action),
    mutation(operations.update_action, match=True),
    edge(Campaign, actions),
    edge(Action, progress_checks),
    node(checks.get_progress_check),
    query(checks.list_progress_checks),
    mutation(checks.complete_progress_check),
]
