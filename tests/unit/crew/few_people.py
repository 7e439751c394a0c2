"""The same few people as ordinary Mesa agents and as rows of a crew, for tests of what both can do."""

import mesa

from model.mesa_compat import ArrayModel
from model.state.crew import Crew, CrewWorker, vectorized

N = 12


class Plain(mesa.Agent):
    def __init__(self, model, wage, craft):
        super().__init__(model)
        self.wage, self.craft = wage, craft

    def double(self, by=2):
        return self.wage * by

    def retire(self):
        self.remove()


class Worker(CrewWorker):
    mood = "calm"

    def double(self, by=2):
        return self.wage * by

    def retire(self):
        self.remove()

    @property
    def rich(self):
        return self.wage > 500

    @vectorized
    def earn(crew, rows, cents):  # noqa: N805 - no worker, but the crew
        crew.wage[rows] += cents
        return crew.wage[rows]


class Studio(mesa.Agent):
    cash, wage = 3, None


class Market(ArrayModel):
    def __init__(self, n=N):
        super().__init__()
        self.random.seed(7)
        self.crew = Crew(n)

    def step(self):
        self.agents_by_type[Studio].do("step")


WAGES = [(i * 389) % 1000 for i in range(N)]
CRAFTS = [i % 3 for i in range(N)]



def rows(agents):
    return [agent.unique_id for agent in agents]
