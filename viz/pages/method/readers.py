"""Who reads a parameter: the files of the model in which its value is used, found in the code itself.

A group of parameters travels: it gets a short name, is handed to a function, or becomes part of the rules of a
working life. Each of these ways is followed, so that the list names the mechanism and not only who passed it on.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from model.parameters import Params
from model.state.now import rule_names
from viz.pages.method.code import Code, modules

RULES = "now"  # the record of the rules of a working life, as kernels call it


@cache
def readers() -> dict[str, tuple[str, ...]]:
    """For each parameter the files that read it, sorted; empty where none was found."""
    return read_by(Code(), modules())


def read_by(code: Code, names: list[str]) -> dict[str, tuple[str, ...]]:
    """The same for the modules ``names`` as ``code`` has them."""
    found = _Search(code, names).found
    return {name: tuple(sorted(found.get(name, ()))) for name in Params.load().names()}


class _Search:
    def __init__(self, code: Code, names: list[str]) -> None:
        self.code = code
        self.known: dict[str, set[str]] = defaultdict(set)  # group → keys
        for name in Params.load().names():
            group, _, key = name.partition(".")
            self.known[group].add(key)
        self.found: dict[str, set[str]] = defaultdict(set)
        self.functions: dict[str, list[tuple[str, ast.FunctionDef]]] = defaultdict(list)
        trees = {name: code.tree(name) for name in names}
        for module, tree in trees.items():
            for each in ast.walk(tree):
                if isinstance(each, ast.FunctionDef):
                    self.functions[each.name].append((module, each))
        self.rules: dict[str, str] = {}  # name in the record of rules → parameter
        self.seen: set[tuple[str, int, str, str]] = set()
        for module, tree in trees.items():
            self._whole_names(module, tree)
            self._in(module, tree, {})
        for module, tree in trees.items():
            for each in ast.walk(tree):
                name = _read_of(each, RULES)
                if name in self.rules:
                    self.found[self.rules[name]].add(_file(module))

    def _whole_names(self, module: str, tree: ast.AST) -> None:
        """Names written in full, as params["production.stage_capacity"]."""
        for each in ast.walk(tree):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                group, _, key = each.value.partition(".")
                if key in self.known.get(group, ()):
                    self.found[each.value].add(_file(module))

    def _in(self, module: str, tree: ast.AST, bound: dict[str, str]) -> None:
        """Read one function, or a module's own level; ``bound`` names here → the group that each holds."""
        bound = dict(bound)
        for name, value in _bindings(tree):
            group = self._group(value, bound)
            if group:
                bound[name] = group
        for each in _own(tree):
            if isinstance(each, (ast.FunctionDef, ast.ClassDef)) and each is not tree:
                self._in(module, each, {})
            elif isinstance(each, ast.Attribute):
                group = self._group(each.value, bound)
                if group and each.attr in self.known[group]:
                    self.found[f"{group}.{each.attr}"].add(_file(module))
            elif isinstance(each, ast.Call):
                self._handed_on(each, bound)
                self._values_given(module, each, bound)
                self._by_name(module, each, bound)
            elif isinstance(each, ast.Dict):
                self._renamed(each, bound)
            elif isinstance(each, ast.For) and self._group(each.iter, bound):
                group = self._group(each.iter, bound)  # all of it, one after the other
                for key in self.known[group]:
                    self.found[f"{group}.{key}"].add(_file(module))
            elif isinstance(each, ast.For) and isinstance(each.iter, ast.Tuple):
                for part in each.iter.elts:
                    self._spread(self._group(part, bound), module)

    def _group(self, value: ast.AST, bound: dict[str, str]) -> str:
        """The group that an expression stands for, empty for none."""
        if isinstance(value, ast.Name):
            return bound.get(value.id, "")
        if isinstance(value, ast.Attribute) and value.attr in self.known:
            base = value.value
            said = base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
            return value.attr if said in ("params", "p") else ""
        return ""

    def _handed_on(self, call: ast.Call, bound: dict[str, str]) -> None:
        """Follow groups into the functions that they are handed to."""
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = [(at, self._group(each, bound)) for at, each in enumerate(call.args)]
        spread = any(isinstance(each, ast.Starred) for each in call.args)  # then places are known from the end alone
        for place, group in given:
            for module, into in self.functions.get(name, ()) if group else ():
                arguments = [each.arg for each in into.args.args if each.arg not in ("self", "cls")]
                at = place + (len(arguments) - len(call.args) if spread else 0)
                mark = (module, into.lineno, name, f"{at} {group}")
                if at < len(arguments) and mark not in self.seen:
                    self.seen.add(mark)
                    self._in(module, into, {arguments[at]: group})

    def _values_given(self, module: str, call: ast.Call, bound: dict[str, str]) -> None:
        """A value that stands in a call of another file of the model is read there."""
        target = call.func
        if not (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name)):
            return
        other, inside = self.code.names(module).get(target.value.id, ("", ""))
        for each in (part for argument in call.args for part in ast.walk(argument)) if other and not inside else ():
            group = self._group(each.value, bound) if isinstance(each, ast.Attribute) else ""
            if group and each.attr in self.known[group]:
                self.found[f"{group}.{each.attr}"].add(_file(other))

    def _by_name(self, module: str, call: ast.Call, bound: dict[str, str]) -> None:
        """A group that is read by getattr: of its parameters those whose names the file has for fields of its own."""
        if not (isinstance(call.func, ast.Name) and call.func.id == "getattr" and call.args):
            return
        fields = {each.target.id for each in ast.walk(self.code.tree(module) or ast.Module([], []))
                  if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)}
        group = self._group(call.args[0], bound)
        for key in self.known.get(group, set()) & fields:
            self.found[f"{group}.{key}"].add(_file(module))

    def _renamed(self, written: ast.Dict, bound: dict[str, str]) -> None:
        """Entries such as "referral": p.referral.share become rules under another name."""
        for key, value in zip(written.keys, written.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(value, ast.Attribute) and key.value in rule_names():
                group = self._group(value.value, bound)
                if group:
                    self.rules[key.value] = f"{group}.{value.attr}"

    def _spread(self, group: str, module: str) -> None:
        """A group of which everything that is a rule goes into the record under its own name."""
        for key in self.known.get(group, set()) & set(rule_names()):
            self.rules[key] = f"{group}.{key}"
            self.found[f"{group}.{key}"].add(_file(module))


def _own(tree: ast.AST) -> Iterator[ast.AST]:
    """Everything in a tree, without looking into functions and classes defined in it."""
    front = list(ast.iter_child_nodes(tree))
    while front:
        each = front.pop()
        yield each
        if not isinstance(each, (ast.FunctionDef, ast.ClassDef)):
            front += ast.iter_child_nodes(each)


def _bindings(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Names given to values, one by one or several at once, in the order of the lines."""
    written = sorted((each for each in _own(tree) if isinstance(each, ast.Assign)), key=lambda each: each.lineno)
    for each in written:
        for target in each.targets:
            if isinstance(target, ast.Name):
                yield target.id, each.value
            elif isinstance(target, ast.Tuple) and isinstance(each.value, ast.Tuple):
                pairs = zip(target.elts, each.value.elts, strict=False)
                yield from ((one.id, value) for one, value in pairs if isinstance(one, ast.Name))


def _read_of(node: ast.AST, record: str) -> str:
    """The field that is read of a record, as record.field or record["field"]."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == record:
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == record:
        return node.slice.value if isinstance(node.slice, ast.Constant) else ""
    return ""


def _file(module: str) -> str:
    return f"{module.replace('.', '/')}.py"
