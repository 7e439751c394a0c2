"""The one place that may touch Mesa's private names: one file answers for Mesa 3.3 and every later 3.x.

What is touched, and why:

* ``Agent._ids`` (Mesa 3.3) is a dictionary on the class with the models as its keys, so that every model that
  ever made an agent lives for ever: https://github.com/projectmesa/mesa/issues/3179, mended upstream by pull
  request 3180. Mended here by weak keys; later Mesa has no such dictionary.
* ``AgentSet._agents`` is what every method of Mesa's sets walks over. :class:`OpenSet` answers it from its
  own iteration, so that a set may keep its agents elsewhere (in columns) and Mesa's methods still work on it;
  the thought of a set over arrays is discussed in https://github.com/projectmesa/mesa/issues/2210.
* ``GroupBy`` moved from ``mesa.agent`` to ``mesa.agentset`` in 3.5, when indexing a set became a pending
  deprecation.
"""

from __future__ import annotations

import copy
import itertools
import warnings
import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import mesa
from mesa.agent import AgentSet

try:
    from mesa.agentset import GroupBy

    INDEXING_IS_DEPRECATED = True
except ImportError:  # Mesa 3.3
    from mesa.agent import GroupBy

    INDEXING_IS_DEPRECATED = False

__all__ = ["AgentSet", "ArrayModel", "Groups", "OpenSet", "warn_of_indexing"]

FIRST_AGENT_ID = 1_000_000_001  # above any worker's uid, so that an id is unique among all agents of a model


class _WeakCounters(weakref.WeakKeyDictionary):
    """One counter of agent ids per model, which goes when the model goes (Mesa issue 3179)."""

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        try:
            return super().__getitem__(model)
        except KeyError:
            self[model] = counter = itertools.count(1)
            return counter


if hasattr(mesa.Agent, "_ids") and not isinstance(mesa.Agent._ids, _WeakCounters):
    mesa.Agent._ids = _WeakCounters(mesa.Agent._ids)


def _number_agents_from(model: mesa.Model, first: int) -> None:
    """Let the ids of the ordinary agents of a new model begin at ``first``."""
    if hasattr(mesa.Agent, "_ids"):
        mesa.Agent._ids[model] = itertools.count(first)
    else:
        model.agent_id_counter = first


def warn_of_indexing() -> None:
    """Say what Mesa 3.5 says when a set is indexed, and nothing where indexing is not deprecated."""
    if INDEXING_IS_DEPRECATED:
        warnings.warn(
            "AgentSet.__getitem__ is deprecated and will be removed in Mesa 4.0. "
            "Use AgentSet.to_list()[index] instead.",
            PendingDeprecationWarning,
            stacklevel=3,
        )


class Groups(GroupBy):
    """Mesa's groups, whose sums run over columns where a group has columns."""

    def agg(self, attr_name: str, func: Callable) -> dict[Any, Any]:
        """One number per group: ``func`` of the values of an attribute."""
        return {
            name: group.agg(attr_name, func)
            if isinstance(group, AgentSet)
            else func([getattr(agent, attr_name) for agent in group])
            for name, group in self.groups.items()
        }


class _Held:
    """Calls like a weak reference and holds its agent: a view of a row has nobody else who would."""

    __slots__ = ("agent",)

    def __init__(self, agent: mesa.Agent) -> None:
        self.agent = agent

    def __call__(self) -> mesa.Agent:
        return self.agent


class _Walk:
    """What Mesa's own methods expect to find in ``AgentSet._agents``, answered by iterating over the set."""

    __slots__ = ("agents",)

    def __init__(self, agents: OpenSet) -> None:
        self.agents = agents

    def keys(self) -> Iterator[mesa.Agent]:
        return iter(self.agents)

    def keyrefs(self) -> list[_Held]:
        return [_Held(agent) for agent in self.agents]

    def __iter__(self) -> Iterator[mesa.Agent]:
        return iter(self.agents)

    def __len__(self) -> int:
        return len(self.agents)

    def __contains__(self, agent: object) -> bool:
        return agent in self.agents


class OpenSet(AgentSet):
    """An ``AgentSet`` that keeps its agents in its own way.

    A subclass sets ``random`` and defines ``__iter__``, ``__len__``, ``__contains__``, ``__copy__``, ``add``,
    ``discard`` and every method that changes the set in place; the rest of Mesa's interface follows.
    """

    def __init__(self) -> None:
        """Leave Mesa's dictionary of agents out; the subclass has its own."""

    @property
    def _agents(self) -> _Walk:
        return _Walk(self)

    @classmethod
    def _from_iterable(cls, agents: Iterable[mesa.Agent]) -> AgentSet:
        return AgentSet(list(agents))

    def to_list(self) -> list[mesa.Agent]:
        """The agents as a list, in the order of the set."""
        return list(self)

    def copy(self) -> AgentSet:
        """A set of its own with the agents that are in this one now."""
        return copy.copy(self)

    def remove(self, agent: mesa.Agent) -> None:
        """Take an agent out of this set; raises ``KeyError`` if it is not in it."""
        if agent not in self:
            raise KeyError(agent)
        self.discard(agent)

    def __reversed__(self) -> Iterator[mesa.Agent]:
        return reversed(self.to_list())


class ArrayModel(mesa.Model):
    """A Mesa model some of whose agents are rows of a crew: ``agents`` and its kin hold both sorts.

    Give it a crew by ``self.crew = Crew(capacity)``; ordinary agents are made as ever. The crew needs
    ``attached`` (the set of those who are in it now), ``beside(ordinary)`` (the two as one set),
    ``by_type()``, ``count`` and ``leave(rows)``.
    """

    first_agent_id: int = FIRST_AGENT_ID
    _crew: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _number_agents_from(self, self.first_agent_id)

    @property
    def crew(self) -> Any:
        """The crew of this model, or None as long as it has none."""
        return self._crew

    @crew.setter
    def crew(self, crew: Any) -> None:
        if crew is not None:
            crew.model = self
        self._crew = crew

    @property
    def agents(self) -> AgentSet:
        """Everyone: the ordinary agents, then the workers attached at this moment."""
        ordinary = mesa.Model.agents.fget(self)
        if self._crew is None or not self._crew.count:
            return ordinary
        attached = self._crew.attached
        return self._crew.beside(ordinary) if len(ordinary) else attached

    @agents.setter
    def agents(self, agents: Any) -> None:
        mesa.Model.agents.fset(self, agents)

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """One set per class of agents; the workers' are those attached at this moment."""
        workers = {} if self._crew is None else self._crew.by_type()
        return {**mesa.Model.agents_by_type.fget(self), **workers}

    @property
    def agent_types(self) -> list[type]:
        """The classes of agents of this model."""
        return list(self.agents_by_type)

    def register_agent(self, agent: mesa.Agent) -> None:
        """Take in an ordinary agent; a worker is in by having a row."""
        if not self._is_of_the_crew(agent):
            super().register_agent(agent)

    def deregister_agent(self, agent: mesa.Agent) -> None:
        """Let an ordinary agent go, or a worker leave the crew; ``KeyError`` for one who is not in."""
        if not self._is_of_the_crew(agent):
            super().deregister_agent(agent)
        elif agent in self._crew.attached:
            self._crew.leave([agent.row])
        else:
            raise KeyError(agent)

    def remove_all_agents(self) -> None:
        """Remove the ordinary agents and let every worker leave."""
        super().remove_all_agents()
        if self._crew is not None:
            self._crew.attached.do("remove")

    def _is_of_the_crew(self, agent: mesa.Agent) -> bool:
        return self._crew is not None and getattr(agent, "crew", None) is self._crew and hasattr(agent, "row")
