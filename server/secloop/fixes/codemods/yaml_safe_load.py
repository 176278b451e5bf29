"""``yaml.load`` and its unsafe relatives become ``yaml.safe_load``; a loader of one's own is left alone."""

from __future__ import annotations

from secloop.fixes.codemods.rewrite import Refused, Rewrite

TITLE = "Load YAML with safe_load"

_FUNCTIONS = {
    "yaml.load": "safe_load",
    "yaml.full_load": "safe_load",
    "yaml.unsafe_load": "safe_load",
    "yaml.load_all": "safe_load_all",
    "yaml.full_load_all": "safe_load_all",
    "yaml.unsafe_load_all": "safe_load_all",
}
_PYTHON_LOADERS = tuple(
    f"{module}.{name}"
    for module in ("yaml", "yaml.loader")
    for name in ("Loader", "FullLoader", "UnsafeLoader", "SafeLoader")
)
_C_LOADERS = tuple(
    f"{module}.{name}"
    for module in ("yaml", "yaml.cyaml")
    for name in ("CLoader", "CFullLoader", "CUnsafeLoader")
)


def rewrite(change: Rewrite) -> None:
    """Rename the function and drop its loader; a C loader becomes the safe C loader."""
    call = change.call_to(*_FUNCTIONS)
    (function,) = change.names.resolve(call.func)
    loader = change.argument(call, "Loader", 1)
    if loader is not None:
        if change.names.means(loader.value, *_C_LOADERS):
            change.replace(loader.value, change.spell("yaml", "CSafeLoader", like=loader.value))
            change.drop_unused("yaml")
            return
        if not change.names.means(loader.value, *_PYTHON_LOADERS):
            raise Refused("the loader is none of PyYAML's own")
        change.remove_argument(call, loader)
    change.replace(call.func, change.spell("yaml", _FUNCTIONS[function], like=call.func))
    change.drop_unused("yaml", "yaml.loader")
