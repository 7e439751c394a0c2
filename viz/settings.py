"""How the app is served: every setting, from the environment as ``CALLSHEET_NAME``, checked once at the start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from model.digest import cache_folder
from model.errors import CallSheetError

PREFIX = "CALLSHEET_"


class Settings(BaseModel):
    """What whoever serves the app may choose."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="address to listen at; loopback unless told otherwise")
    port: int = Field(8765, ge=1, le=65535, description="port")
    root_path: str = Field("", pattern=r"^(/[A-Za-z0-9_.-]+)*$", description="path under which a proxy serves the app")
    workers: int = Field(2, ge=1, le=64, description="processes that run the model")
    jobs: int = Field(6, ge=1, le=32, description="watched runs between which a worker takes turns")
    queue: int = Field(2000, ge=10, le=100_000, description="jobs that may wait; more are refused with a sentence")
    scale: float = Field(1.0, ge=0.01, le=2.0, description="agents per worker at which the pages run the model")
    futures: int = Field(30, ge=1, le=100, description="most futures a visitor may ask for")
    run_seconds: int = Field(600, ge=10, le=86_400, description="longest a run may take")
    run_memory: int = Field(8, ge=1, le=1024, description="GB of address space a worker may take")
    cache_size: int = Field(6, ge=1, le=1024, description="GB of results that are kept")
    idle_minutes: int = Field(15, ge=1, le=1440, description="after which a visitor who left is forgotten")
    visitors: int = Field(200, ge=1, le=10_000, description="visitors at a time")
    warm: bool = Field(True, description="run the histories of the first futures while nobody waits")
    studies: Path = Field(Path("out"), description="folder whose studies the page of batches lists")
    results: Path = Field(default_factory=lambda: cache_folder() / "app", description="folder for results")
    secret: str = Field(default_factory=lambda: secrets.token_hex(32), min_length=16, repr=False)


_in_force = Settings()


def put_in_force(settings: Settings) -> None:
    """From now on this server is served so."""
    global _in_force
    _in_force = settings


def in_force() -> Settings:
    """How this server is served; as by default where none has opened."""
    return _in_force


def read(environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """The settings of an environment, and those given on the command line over them; a sentence for what is wrong."""
    asked = {name: environment[f"{PREFIX}{name.upper()}"] for name in Settings.model_fields
             if f"{PREFIX}{name.upper()}" in environment}
    asked |= {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**asked)
    except ValidationError as trouble:
        first = trouble.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise CallSheetError(
            f"{PREFIX}{name.upper()} is {str(first.get('input'))[:60]!r}: {first['msg'].lower()}. It is the "
            f"{Settings.model_fields[name].description or name}."
        ) from None
