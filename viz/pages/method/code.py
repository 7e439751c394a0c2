"""The model's own source as text and trees: which function a call means, and all that it leads to."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

Read = Callable[[str], str | None]


@dataclass(frozen=True)
class Function:
    """A function of the model: where it is defined, its docstring, and its tree."""

    module: str
    name: str
    doc: str
    tree: ast.FunctionDef
    of: str = ""  # the class it is a method of

    @property
    def file(self) -> str:
        """The file's name, as from the root of the repository."""
        return f"{self.module.replace('.', '/')}.py"


@cache
def source(module: str) -> str | None:
    """The text of a module of the model, None for what is no file of it."""
    package, *parts = module.split(".")
    if package != "model" or not parts:
        return None
    file = resources.files(package).joinpath(*parts[:-1], f"{parts[-1]}.py")
    return file.read_text(encoding="utf-8") if file.is_file() else None


def modules() -> list[str]:
    """Every module of the model by its dotted name, sorted."""
    found: list[str] = []

    def walk(folder: object, name: str) -> None:
        for each in folder.iterdir():  # type: ignore[attr-defined]
            if each.is_dir() and not each.name.startswith("_"):
                walk(each, f"{name}.{each.name}")
            elif each.name.endswith(".py"):
                found.append(f"{name}.{each.name.removesuffix('.py')}")

    walk(resources.files("model"), "model")
    return sorted(found)


class Code:
    """The model as it is written. ``read`` gives the text of a module, so that a test can change one."""

    def __init__(self, read: Read = source) -> None:
        self.read = read
        self._trees: dict[str, ast.Module | None] = {}
        self._names: dict[str, dict[str, tuple[str, str]]] = {}

    def tree(self, module: str) -> ast.Module | None:
        """A module's tree, None if there is no such file."""
        if module not in self._trees:
            text = self.read(module)
            self._trees[module] = None if text is None else ast.parse(text)
        return self._trees[module]

    def function(self, module: str, name: str, of: str = "") -> Function | None:
        """A function of a module, or a method of one of its classes."""
        tree = self.tree(module)
        body = tree.body if tree else []
        if of:
            body = next((each.body for each in body if isinstance(each, ast.ClassDef) and each.name == of), [])
        for each in body:
            if isinstance(each, ast.FunctionDef) and each.name == name:
                return Function(module, name, ast.get_docstring(each) or "", each, of)
        return None

    def names(self, module: str) -> dict[str, tuple[str, str]]:
        """What a module imports of the model: name here → (module, name there, empty for the module itself)."""
        if module not in self._names:
            found: dict[str, tuple[str, str]] = {}
            for each in ast.walk(self.tree(module) or ast.Module([], [])):
                if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("model"):
                    for alias in each.names:
                        inside = f"{each.module}.{alias.name}"
                        whole = self.tree(inside) is not None
                        found[alias.asname or alias.name] = (inside, "") if whole else (each.module, alias.name)
            self._names[module] = found
        return self._names[module]

    def meant(self, call: ast.Call, caller: Function) -> Function | None:
        """The function of the model that a call in ``caller`` means, None for all else."""
        names, target = self.names(caller.module), call.func
        if isinstance(target, ast.Name):
            module, name = names.get(target.id, (caller.module, target.id))
            return self.function(module, name) if name else None
        if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
            return None
        base = target.value.id
        if base in names and not names[base][1]:
            return self.function(names[base][0], target.attr)
        if base == "self" and caller.of:
            return self.function(caller.module, target.attr, caller.of)
        for argument in caller.tree.args.args:  # an object whose class the signature names
            if argument.arg == base and isinstance(argument.annotation, ast.Name):
                module, name = names.get(argument.annotation.id, (caller.module, argument.annotation.id))
                return self.function(module, target.attr, name)
        return None

    def calls(self, caller: Function) -> list[Function]:
        """The functions of the model that one calls, in the order in which they are written, each once."""
        found = [self.meant(each, caller) for each in in_order(caller.tree)]
        return list({(each.module, each.of, each.name): each for each in found if each}.values())

    def leads_to(self, first: Function) -> list[Function]:
        """All that a function calls, and what that calls, nearest first."""
        found: dict[tuple[str, str, str], Function] = {}
        front = self.calls(first)
        while front:
            fresh = [each for each in front if (each.module, each.of, each.name) not in found]
            found |= {(each.module, each.of, each.name): each for each in fresh}
            front = [below for each in fresh for below in self.calls(each)]
        return list(found.values())


def in_order(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call inside a tree, in the order in which it is written."""
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)]
    return iter(sorted(calls, key=lambda each: (each.lineno, each.col_offset)))
