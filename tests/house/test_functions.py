"""Guards on functions and modules: how actions are called, docstrings, and how long things may be."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from .plan import DOORS, SRC, Function, at, functions, modules, public_functions, room, templates, told, tree

MODULE, FUNCTION, VIEW, TEMPLATE = 400, 40, 25, 120

# What may be longer, and why: "site/views.py" or "site/views.py:home" -> reason. Keep it short.
LONGER: dict[str, str] = {}


def is_action(path: Path, root: Path) -> bool:
    """Whether a module holds writes: the room actions, or flows."""
    app, name = room(path, root)
    return app == "flows" or name == "actions"


def badly_called(root: Path) -> list[str]:
    """Actions and flows that cannot be called safely by name, or do not say who acts."""
    wrong = []
    for path in modules(root):
        for function in public_functions(tree(path)) if is_action(path, root) else ():
            args = function.args
            every = [*args.posonlyargs, *args.args, *args.kwonlyargs]
            faults = {
                "takes positional arguments": bool(args.posonlyargs or args.args or args.vararg),
                "hides its arguments in **": bool(args.kwarg),
                "has no by": "by" not in {arg.arg for arg in args.kwonlyargs},
                "has untyped arguments": any(arg.annotation is None for arg in every),
                "has no return type": function.returns is None,
                "has no docstring": not ast.get_docstring(function),
            }
            wrong += [f"{at(path, function, root)} {function.name} {fault}" for fault, it in faults.items() if it]
    return wrong


def _says(node: ast.Module | ast.ClassDef | Function) -> bool:
    return len((ast.get_docstring(node) or "").split()) > 0


def silent_modules(root: Path) -> list[str]:
    """Modules with code and no docstring; an apps.py says it in its AppConfig."""
    wrong = []
    for path in modules(root):
        classes = [node for node in tree(path).body if isinstance(node, ast.ClassDef)]
        told_by_class = path.name == "apps.py" and any(_says(node) for node in classes)
        if tree(path).body and not _says(tree(path)) and not told_by_class:
            wrong.append(at(path, tree(path), root))
    return wrong


def _reads(module: ast.Module) -> list[tuple[ast.ClassDef, Function]]:
    """The public methods of querysets and managers."""
    return [
        (node, method)
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        if any(ast.unparse(base).endswith(("QuerySet", "Manager")) for base in node.bases)
        for method in node.body
        if isinstance(method, Function) and not method.name.startswith("_")
    ]


def silent_functions(root: Path) -> list[str]:
    """Public functions of core, catalogue, stats, and queryset methods anywhere, without a docstring."""
    wrong = []
    for path in modules(root):
        if room(path, root)[0] in {"core", "catalogue", "stats"}:
            wrong += [f"{at(path, f, root)} {f.name}" for f in public_functions(tree(path)) if not _says(f)]
        wrong += [f"{at(path, m, root)} {node.name}.{m.name}" for node, m in _reads(tree(path)) if not _says(m)]
    return wrong


def _is_view(function: Function) -> bool:
    """Takes a request and answers it; what takes a request and gives something else is its helper."""
    if function.returns and not ast.unparse(function.returns).strip("\"'").endswith("Response"):
        return False
    first = [*function.args.posonlyargs, *function.args.args][:2]
    return any(
        arg.arg == "request" or (arg.annotation and ast.unparse(arg.annotation).endswith("HttpRequest"))
        for arg in first
    )


def too_long(root: Path) -> dict[str, str]:
    """What is over its budget, by name: "site/views.py:home" -> "31 lines, at most 25 (view)"."""
    found: dict[str, tuple[int, int, str]] = {}
    for path in modules(root):
        name = path.relative_to(root).as_posix()
        found[name] = (len(path.read_text().splitlines()), MODULE, "module")
        for function in functions(tree(path)):
            view = room(path, root)[0] in DOORS and _is_view(function)
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            found[f"{name}:{function.name}"] = (length, VIEW if view else FUNCTION, "view" if view else "function")
    for path in templates(root):
        found[path.relative_to(root).as_posix()] = (len(path.read_text().splitlines()), TEMPLATE, "template")
    return {
        name: f"{length} lines, at most {most} ({what})"
        for name, (length, most, what) in found.items()
        if length > most
    }


def test_actions_and_flows_are_called_by_name_and_say_who():
    wrong = badly_called(SRC)

    assert wrong == [], told(
        "An action reads def verb_noun(*, record: Record, by: Actor) -> Record, with a docstring", wrong
    )


def test_modules_say_what_they_are():
    wrong = silent_modules(SRC)

    assert wrong == [], told("Begin the module with one line that says what it knows", wrong)


def test_shared_functions_and_reads_say_what_they_give():
    wrong = silent_functions(SRC)

    assert wrong == [], told("Add a docstring: what it gives, units or shapes, which errors", wrong)


def test_nothing_is_too_long():
    over = {name: what for name, what in too_long(SRC).items() if name not in LONGER}

    assert over == {}, told(
        "Split it along what it knows (a room may become a folder; a view's thinking belongs in queries or rules); "
        "only when that makes it worse, name it in LONGER with the reason",
        [f"{name}: {what}" for name, what in over.items()],
    )


def test_exceptions_to_the_budgets_are_still_needed():
    assert set(LONGER) <= set(too_long(SRC)), "Remove from LONGER what fits its budget again"


BAD_ACTIONS = '''
def positional(record: object, *, by: object) -> None:
    """Docstring."""
def nobody(*, record: object) -> None:
    """Docstring."""
def untyped(*, record, by: object):
    """Docstring."""
def silent(*, by: object) -> None: ...
def hidden(*, by: object, **rest: object) -> None:
    """Docstring."""
def _own(record): ...
def good(*, record: object, by: object) -> None:
    """Docstring."""
'''


@pytest.mark.parametrize("name", ["agenda/actions.py", "agenda/actions/asking.py", "flows/join_network.py"])
def test_badly_called_actions_are_found(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(BAD_ACTIONS)

    assert [line.partition(" ")[2] for line in badly_called(tmp_path)] == [
        "positional takes positional arguments",
        "nobody has no by",
        "untyped has untyped arguments",
        "untyped has no return type",
        "silent has no docstring",
        "hidden hides its arguments in **",
    ]


def test_silent_code_is_found(tmp_path):
    source = {
        "core/clock.py": '"""Says it."""\ndef now(): ...\ndef _own(): ...\ndef today():\n    """Says it."""\n',
        "agenda/queries.py": "class Qs(models.QuerySet):\n    def open(self): ...\n    def _own(self): ...\n",
        "agenda/apps.py": 'class C(AppConfig):\n    """Says it."""\n',
        "agenda/__init__.py": "",
        "terms/apps.py": "class C(AppConfig): ...\n",
        "terms/rules.py": '"""Says it."""\ndef can(): ...\n',
    }
    for name, text in source.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    assert silent_modules(tmp_path) == ["agenda/queries.py:1", "terms/apps.py:1"]
    assert silent_functions(tmp_path) == ["agenda/queries.py:2 Qs.open", "core/clock.py:2 now"]


def test_long_things_are_found(tmp_path):
    def body(lines):
        return "    pass\n" * (lines - 1)

    source = {
        "core/long.py": "x = 1\n" * 401,
        "core/fits.py": "x = 1\n" * 400,
        "core/deep.py": "def forty(request):\n" + body(40) + "def more():\n" + body(41),
        "site/home.py": "def view(request):\n" + body(25) + "def big(request: HttpRequest):\n" + body(26),
        "desk/menu.py": "def plain(form):\n" + body(40) + "def late(self, request):\n" + body(26),
        "api/search.py": "def part(request) -> Query:\n" + body(40) + "def get(request) -> JsonResponse:\n" + body(26),
        "site/templates/site/wide.html": "<p>\n" * 121,
        "site/templates/site/fits.html": "<p>\n" * 120,
    }
    for name, text in source.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    assert set(too_long(tmp_path)) == {
        "core/long.py",
        "core/deep.py:more",
        "site/home.py:big",
        "desk/menu.py:late",
        "api/search.py:get",
        "site/templates/site/wide.html",
    }
