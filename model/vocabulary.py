"""The field's words as fixed integer codes: one word per idea, one code per word, never reused."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """Where a worker stands this week."""

    OUT = 0  # left the Los Angeles screen labor market; may return
    IDLE = 1  # attached, between calls, looking for the next one
    ON_CALL = 2  # attached, answering a crew call


class Stage(IntEnum):
    """Where a production stands, in the order in which it goes through them."""

    DEVELOPMENT = 0
    PREP = 1
    SHOOT = 2
    POST = 3
    DELIVERED = 4


class Area(IntEnum):
    """Where in the making of a title AI can be used; a title's use is a set of these, one bit each."""

    DEVELOPMENT = 0
    PREP = 1
    SHOOT = 2
    VFX = 3  # effects and animation, in whatever stage they are made
    POST = 4


class Entrant(IntEnum):
    """Who enters in April 2026."""

    NOBODY = 0
    TRADITIONAL = 1  # the same capital, worked the traditional way
    AI_FIRST = 2


WORKING_STAGES = (Stage.DEVELOPMENT, Stage.PREP, Stage.SHOOT, Stage.POST)


class Event(IntEnum):
    """What can happen to a worker; every change of status is one of these."""

    HIRED_BY_REFERRAL = 1
    HIRED_FROM_OPEN_CALL = 2
    WRAP = 3  # the call ended because the work was done
    LAYOFF = 4  # the call ended because the production was stopped
    QUIT = 5
    EXIT = 6
    RETURN = 7
    ENTRY = 8
    RETRAINED = 9  # finished a course; idle before and after, in another craft


HIRES = (Event.HIRED_BY_REFERRAL, Event.HIRED_FROM_OPEN_CALL)
SEPARATIONS = (Event.WRAP, Event.LAYOFF, Event.QUIT)


class Stream(IntEnum):
    """Purposes of chance. A number is never given to another purpose: draws would move in every world."""

    POPULATION = 1
    IDEAS = 2
    WORTH = 3
    SIZE = 4
    PLACE = 5
    HALT = 7
    CREW_SIZE = 8
    REFERRAL = 9
    SEARCH = 10
    TAKE_STOCK = 11
    ENTRY = 12
    REWIRING = 13
    ORDERS = 14
    ORACLE = 15
    VACANCY = 16
    ADOPTION = 17
    SUITED = 18
    SERVICE = 19
    PROVIDER = 20
    CONTRACT = 21
    FUNDING = 22
    RESCUE = 23
    PROMISE = 24
    FLUENCY = 25
    RETRAINING = 26
    FIRMS = 27
    FIRST_TITLE = 29  # how far an entrant's purses are from a first title
    DISTRICT = 30  # where in Los Angeles the work on a title is done
    LOST_WEEKS = 31  # weeks that stopped seasons lose for good
    BY_HAND = 32  # which titles go on by hand while their provider is gone
