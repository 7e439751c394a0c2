"""The tree holds nothing of the machine it was written on, and its files stay small enough to read."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 300  # lines of a file of the model, or of the app

# A path below someone's home or a machine's own folders; part of an address (https://host/home/page) is none.
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~)}-])(?:file:/{2,3})?/(?:home|root|Users|work|workspace|mnt|opt|srv)/[\w.-]+"
)
WINDOWS_PATH = re.compile(r"\b[A-Za-z]:\\(?:Users|Documents)\\")
# Where packages come from is the reader's choice. In halves, or this file would name the hosts itself.
REGISTRY = re.compile(
    r"\b(?:[\w-]+\.)*(?:"
    + "|".join(("py" r"pi", "python" r"hosted", "npm" r"js", "ana" r"conda"))
    + r")\.(?:org|com)\b"
    r"|--(?:extra-)?index-url|--find-links|--trusted-host|(?:extra-)?index-url\s*=|https?://[^\s/]+/(?:[^\s/]+/)*simple\b"
)
UNREADABLE = (".png", ".jpg", ".npz", ".npy", ".ico", ".woff2", ".gz", ".zip")


def _tracked() -> list[Path]:
    """Files git has or would take; without git, everything that does not look made."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        ).stdout.decode()  # fmt: skip
        names = [name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        made = {
            ".venv",
            "out",
            "dist",
            "build",
            "__pycache__",
            ".git",
            ".pytest_cache",
            ".ruff_cache",
            ".hypothesis",
        }
        names = [
            path.relative_to(ROOT).as_posix()
            for path in ROOT.rglob("*")
            if not made & set(path.relative_to(ROOT).parts)
        ]
    return [ROOT / name for name in sorted(set(names)) if (ROOT / name).is_file()]


def _texts() -> list[tuple[str, str]]:
    texts = []
    for path in _tracked():
        if path.suffix not in UNREADABLE:
            data = path.read_bytes()
            if b"\0" not in data:
                texts.append((path.relative_to(ROOT).as_posix(), data.decode("utf-8")))
    return texts


def _lines(pattern: re.Pattern[str], name: str, text: str) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


TEXTS = _texts()


@pytest.mark.parametrize("pattern", [MACHINE_PATH, WINDOWS_PATH], ids=["posix", "windows"])
def test_no_file_holds_a_path_of_somebodys_machine(pattern):
    own = Path(__file__).relative_to(ROOT).as_posix()
    wrong = [hit for name, text in TEXTS if name != own for hit in _lines(pattern, name, text)]
    assert not wrong, "\n".join(wrong)


def test_no_file_holds_the_folder_this_checkout_lies_in():
    wrong = [name for name, text in TEXTS if len(ROOT.parts) > 2 and f"{ROOT.as_posix()}/" in text]
    assert not wrong, f"{', '.join(wrong)} name {ROOT}"


def test_no_file_names_a_package_registry():
    own = Path(__file__).relative_to(ROOT).as_posix()
    wrong = [hit for name, text in TEXTS if name != own for hit in _lines(REGISTRY, name, text)]
    assert not wrong, "\n".join(wrong)


def test_the_pins_hold_names_versions_and_markers_only():
    line = re.compile(r'[a-z0-9-]+==[0-9][\w.]*( ; python_version (<|>=) "3\.\d+")?')
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wrong = [pin for pin in pins if pin and not pin.startswith("#") and not line.fullmatch(pin)]
    assert not wrong, f"constraints.txt: {wrong}"


def test_no_file_of_the_model_or_the_app_is_too_long_to_read():
    lengths = {
        name: len(text.splitlines())
        for name, text in TEXTS
        if name.startswith(("model/", "viz/")) and name.endswith((".py", ".js"))
    }
    wrong = [f"{name} has {length} lines" for name, length in lengths.items() if length > LONGEST]
    assert not wrong, f"at most {LONGEST} lines: {', '.join(wrong)}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see /home/ada/model/week.py", True),
        ("open('/root/data.csv')", True),
        ("file:///opt/wheels", True),
        ("https://example.org/home/page", False),
        ("source: https://www.example.gov/opt/table.html", False),
        ("tests/work/case.yaml", False),
    ],
)
def test_the_search_for_paths_tells_a_path_from_an_address(text, found):
    assert bool(MACHINE_PATH.search(text)) is found
