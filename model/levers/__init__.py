"""Policy levers: one Python file each; dropping a file in here is the registration."""

from model.levers.base import Knob, Lever
from model.levers.collection import Levers, lever_classes

__all__ = ["Knob", "Lever", "Levers", "lever_classes"]
