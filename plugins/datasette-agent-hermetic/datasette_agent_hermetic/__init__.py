"""Run Python in a sandbox, as a tool of Datasette Agent."""

from datasette import hookimpl
from datasette.permissions import Action, PermissionSQL

from . import tool
from .state import close, state_of

__version__ = "0.1a0"


@hookimpl
def register_actions():
    return [
        Action(name="hermetic-execute", description="Run Python in the agent's sandbox"),
        Action(name="hermetic-audit", description="See all Python that was run in the agent's sandbox"),
    ]


@hookimpl
def permission_resources_sql(datasette, actor, action):
    # The sandbox reaches nothing by itself, so who may use the agent may use it; a rule of the configuration overrides.
    if action == "hermetic-execute" and not datasette.default_deny:
        return PermissionSQL.allow(reason="default allow for hermetic-execute")


@hookimpl
def register_agent_tools(datasette):
    from datasette_agent.tools import AgentTool

    state = state_of(datasette)

    async def execute_python(datasette, actor, python, context=None, reset_context=False, show_result=False):
        return await tool.execute(state_of(datasette), datasette, actor, context, python, reset_context, show_result)

    return [
        AgentTool(
            name="execute_micropython" if state.config.micropython else "execute_python",
            description=tool.description(state.config),
            input_schema=tool.SCHEMA,
            fn=execute_python,
            required_permission="hermetic-execute",
        )
    ]


@hookimpl
def register_routes():
    from . import pages

    return [
        (r"^/-/hermetic$", pages.limits_page),
        (r"^/-/hermetic/runs$", pages.runs_page),
        (r"^/-/hermetic/runs/(?P<id>[0-9]{1,18})$", pages.run_page),
    ]


@hookimpl
def menu_links(datasette, actor):
    async def inner():
        if not await datasette.allowed(action="hermetic-audit", actor=actor):
            return []
        return [{"href": datasette.urls.path("/-/hermetic/runs"), "label": "Python runs"}]

    return inner


@hookimpl
def extra_css_urls(template, datasette):
    if template and template.startswith("agent_"):
        return [datasette.urls.static_plugins("datasette-agent-hermetic", "agent-hermetic.css")]
    return []


@hookimpl
def startup(datasette):
    state = state_of(datasette)

    async def inner():
        await state.store.purge()

    return inner


@hookimpl
def shutdown(datasette):
    close(datasette)
