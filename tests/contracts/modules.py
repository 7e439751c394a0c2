"""Every source file of ours, read once: its name, its tree, and what it imports of ours."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("seeds", "model", "experiments", "viz")


@dataclass
class Module:
    """One source file of ours: its dotted name, its tree, and what it imports of ours, line by line."""

    name: str
    path: Path
    tree: ast.Module
    imports: list[tuple[str, int, bool]] = field(default_factory=list)  # target, line, only for type checkers

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _read() -> dict[str, Module]:
    files = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    modules = {
        _name(path): Module(_name(path), path, ast.parse(path.read_text(encoding="utf-8"), str(path)))
        for path in files
    }
    packages = {name.rpartition(".")[0] for name in modules} | set(PACKAGES)
    for module in modules.values():
        module.imports = [
            (target, line, typing)
            for target, line, typing in _imports(module, set(modules) | packages)
            if target != module.name
        ]
    return modules


def _imports(module: Module, known: set[str]) -> list[tuple[str, int, bool]]:
    package = module.name if module.path.name == "__init__.py" else module.name.rpartition(".")[0]
    found = []

    def visit(node: ast.AST, typing: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend((alias.name, node.lineno, typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join(above + ([node.module] if node.module else []))
            for alias in node.names:
                longer = f"{base}.{alias.name}"
                found.append((longer if longer in known else base, node.lineno, typing))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for child in node.body:
                visit(child, True)
            for child in node.orelse:
                visit(child, typing)
        else:
            for child in ast.iter_child_nodes(node):
                visit(child, typing)

    visit(module.tree, False)
    return [(name, line, typing) for name, line, typing in found if name.split(".")[0] in PACKAGES]


MODULES = _read()
