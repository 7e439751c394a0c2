"""Several sets of agents as one: how ordinary agents and workers make up ``model.agents``."""

from __future__ import annotations

import copy
import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import mesa

from model.mesa_compat import AgentSet, Groups, OpenSet


class ChainedSet(OpenSet):
    """Several sets one after another as one: ordinary agents, then the workers of a crew.

    The parts share no agent. Whatever keeps their order (``select``, ``get``, ``groupby``, ``copy``) works
    part by part; what mixes them (``shuffle``, ``sort``) gives Mesa's plain set.
    """

    def __init__(self, parts: Iterable[AgentSet], random: Any) -> None:
        self._parts = list(parts)
        self.random = random

    def __iter__(self) -> Iterator[mesa.Agent]:
        return itertools.chain.from_iterable(self._parts)

    def __len__(self) -> int:
        return sum(len(part) for part in self._parts)

    def __contains__(self, agent: object) -> bool:
        return any(agent in part for part in self._parts)

    def __getitem__(self, item: int | slice) -> mesa.Agent | list[mesa.Agent]:
        if isinstance(item, slice):
            return self.to_list()[item]
        at = item + len(self) if item < 0 else item
        for part in self._parts:
            if 0 <= at < len(part):
                return part[at] if isinstance(part, OpenSet) else next(itertools.islice(part, at, None))
            at -= len(part)
        raise IndexError(f"The set has {len(self)} agents, so there is none at position {item}.")

    def __copy__(self) -> ChainedSet:
        return ChainedSet([copy.copy(part) for part in self._parts], self.random)

    def __getstate__(self) -> dict[str, Any]:
        return {"parts": self._parts, "random": self.random}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._parts, self.random = state["parts"], state["random"]

    def add(self, agent: mesa.Agent) -> None:
        """Put an agent at the end of this set; the model's own sets stay as they are."""
        if agent not in self:
            self._parts = [*(copy.copy(part) for part in self._parts), AgentSet([agent], self.random)]

    def discard(self, agent: mesa.Agent) -> None:
        """Take an agent out of this set, if it is in it; the model's own sets stay as they are."""
        if agent in self:
            self._parts = [copy.copy(part) for part in self._parts]
            for part in self._parts:
                part.discard(agent)

    def select(
        self,
        filter_func: Callable[[mesa.Agent], bool] | None = None,
        at_most: float = float("inf"),
        inplace: bool = False,
        agent_type: type[mesa.Agent] | None = None,
    ) -> AgentSet:
        """The agents that pass a filter and are of a class, ``at_most`` so many (int) or a share (float)."""
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        elif at_most != float("inf"):
            at_most = math.ceil(at_most)  # a part would take what is left of a broken number for a share
        found = []
        for part in self._parts:
            taken = part.select(filter_func, at_most, False, agent_type)
            at_most -= len(taken)
            found.append(taken)
        if inplace:
            self._parts = found
            return self
        filled = [part for part in found if len(part)]
        return filled[0] if len(filled) == 1 else ChainedSet(filled, self.random)

    def shuffle(self, inplace: bool = False) -> AgentSet:
        """The same agents in an order of chance."""
        return self._reordered(super().shuffle(), inplace)

    def sort(
        self, key: Callable[[mesa.Agent], Any] | str, ascending: bool = False, inplace: bool = False
    ) -> AgentSet:
        """The same agents ordered by an attribute or a function, the largest first unless ``ascending``."""
        return self._reordered(super().sort(key, ascending), inplace)

    def _reordered(self, agents: AgentSet, inplace: bool) -> AgentSet:
        if not inplace:
            return agents
        self._parts = [agents]
        return self

    def do(self, method: str | Callable, *args: Any, **kwargs: Any) -> ChainedSet:
        """Call a method or a function on every agent who was in the set at the start."""
        for part in copy.copy(self)._parts:
            part.do(method, *args, **kwargs)
        return self

    def shuffle_do(self, method: str | Callable, *args: Any, **kwargs: Any) -> ChainedSet:
        """As ``do`` in an order of chance, passing over whoever has left the set by their turn."""
        agents = self.to_list()
        self.random.shuffle(agents)
        for agent in agents:
            if agent in self:
                call = getattr(agent, method) if isinstance(method, str) else partial(method, agent)
                call(*args, **kwargs)
        return self

    def get(
        self, attr_names: str | list[str], handle_missing: str = "error", default_value: Any = None
    ) -> list[Any]:
        """The values of one attribute, or a list of several for every agent."""
        return [v for part in self._parts for v in part.get(attr_names, handle_missing, default_value)]

    def set(self, attr_name: str, value: Any) -> ChainedSet:
        """Set an attribute of every agent."""
        for part in self._parts:
            part.set(attr_name, value)
        return self

    def groupby(self, by: Callable | str, result_type: str = "agentset") -> Groups:
        """Groups by an attribute or a function; a group keeps the order of the set."""
        groups: dict[Any, list[Any]] = {}
        for part in self._parts:
            for name, group in part.groupby(by, result_type):
                groups.setdefault(name, []).append(group)
        if result_type != "agentset":
            return Groups({name: list(itertools.chain(*found)) for name, found in groups.items()})
        return Groups(
            {
                name: found[0] if len(found) == 1 else ChainedSet(found, self.random)
                for name, found in groups.items()
            }
        )
