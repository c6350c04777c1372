"""Lists of invented people whose true identity is known, so that linking can be tried and judged: slips of the pen, names the other way
round, moves, marriages, missing cells, brothers and sisters in one home, twins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .chance import Chance

if TYPE_CHECKING:
    from collections.abc import Sequence

GIVEN = {
    "female": [
        "Amelia",
        "Olivia",
        "Isla",
        "Ava",
        "Mia",
        "Grace",
        "Freya",
        "Emily",
        "Sophia",
        "Ella",
        "Lily",
        "Evie",
        "Poppy",
        "Aisha",
        "Fatima",
        "Zofia",
        "Margaret",
        "Susan",
        "Linda",
        "Karen",
        "Julie",
        "Tracey",
        "Sharon",
        "Nicola",
        "Claire",
        "Emma",
        "Sarah",
        "Laura",
        "Rebecca",
        "Gemma",
    ],
    "male": [
        "Oliver",
        "George",
        "Noah",
        "Arthur",
        "Harry",
        "Leo",
        "Muhammad",
        "Jack",
        "Charlie",
        "Oscar",
        "Jacob",
        "Thomas",
        "Henry",
        "Jakub",
        "Ahmed",
        "Piotr",
        "David",
        "Paul",
        "Andrew",
        "Mark",
        "Stephen",
        "Darren",
        "Lee",
        "Craig",
        "Wayne",
        "Kevin",
        "Shaun",
        "Ryan",
        "Daniel",
        "Liam",
    ],
}
FAMILY = [
    "Smith",
    "Jones",
    "Taylor",
    "Brown",
    "Williams",
    "Wilson",
    "Johnson",
    "Davies",
    "Robinson",
    "Wright",
    "Thompson",
    "Evans",
    "Walker",
    "White",
    "Roberts",
    "Green",
    "Hall",
    "Wood",
    "Jackson",
    "Clarke",
    "Khan",
    "Patel",
    "Hussain",
    "Ali",
    "Kowalski",
    "Nowak",
    "Singh",
    "O'Neill",
    "Murphy",
    "Kelly",
    "Hargreaves",
    "Fielding",
    "Entwistle",
    "Rigby",
    "Threlfall",
    "Cardwell",
    "Bamber",
    "Fairclough",
    "Gornall",
    "Eccleston",
    "Singleton",
    "Whiteside",
    "Parkinson",
    "Swarbrick",
    "Bickerstaffe",
    "Ashcroft",
    "Hesketh",
    "Livesey",
    "Duckworth",
    "Pilling",
]
STARTS = [
    "Ash",
    "Black",
    "Brad",
    "Bright",
    "Carl",
    "Cold",
    "Dun",
    "East",
    "Fair",
    "Green",
    "Hart",
    "Hey",
    "Kirk",
    "Lang",
    "Long",
    "Marsh",
    "Mill",
    "New",
    "North",
    "Old",
    "Pem",
    "Red",
    "Rush",
    "Stan",
    "Thorn",
]
ENDS = ["ton", "worth", "ley", "field", "wood", "bury", "by", "ford", "ham", "well", "shaw", "croft", "brook", "dale"]
RARE = tuple(start + end for start in STARTS for end in ENDS)
"""Half of people have one of fifty common last names, half one of these: as common names and rare ones share a town."""
FEEDS = ("asbrac", "drug-treatment", "marac", "offender-management", "safeguarding")
HEADINGS = ("Reference", "First name", "Last name", "Date of birth", "Postcode", "Sex")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Person:
    """number: who it truly is."""

    number: int
    given: str
    family: str
    born: tuple[int, int, int]
    postcode: str
    sex: str


@dataclass(frozen=True)
class Labelled:
    """lists: rows under HEADINGS by list; truth: the person behind each reference."""

    lists: dict[str, list[tuple[str, ...]]]
    truth: dict[str, int]


class Dice:
    """Single draws from a stream of chance."""

    def __init__(self, chance: Chance) -> None:
        self.chance = chance

    def below(self, top: int) -> int:
        return int(self.chance.below(top, 1)[0])

    def yes(self, percent: int) -> bool:
        return self.below(100) < percent

    def one(self, among: Sequence[str]) -> str:
        return among[self.below(len(among))]


def make(people: int, seed: int) -> Labelled:
    """Lists in which `people` invented people stand, each in one list at least and some in several. The same seed gives the same."""
    chance = Chance(seed, "labelled")
    dice = Dice(chance)
    known: list[Person] = []
    while len(known) < people:
        known.append(_person(dice, len(known), known))
    lists: dict[str, list[tuple[str, ...]]] = {feed: [] for feed in FEEDS}
    truth: dict[str, int] = {}
    for person in known:
        for feed in _in_lists(dice):
            reference = f"{feed[:2].upper()}-{len(lists[feed]) + 1:05d}"
            lists[feed].append((reference, *_written(dice, person)))
            truth[f"{feed}:{reference}"] = person.number
    return Labelled(lists, truth)


def _person(dice: Dice, number: int, known: Sequence[Person]) -> Person:
    """One in eight shares the home and last name of someone before; of those, one in ten is a twin."""
    sex = dice.one(("female", "male"))
    given = dice.one(GIVEN[sex])
    born = (1940 + dice.below(66), 1 + dice.below(12), 1 + dice.below(28))
    if known and dice.yes(12):
        kin = known[dice.below(len(known))]
        twin = dice.yes(10)
        while given == kin.given:
            given = dice.one(GIVEN[sex])
        return Person(number, given, kin.family, kin.born if twin else born, kin.postcode, sex)
    return Person(number, given, _family(dice), born, _postcode(dice), sex)


def _family(dice: Dice) -> str:
    return dice.one(FAMILY if dice.yes(50) else RARE)


def _postcode(dice: Dice) -> str:
    return f"ZZ{1 + dice.below(9)} {dice.below(10)}{dice.one(LETTERS)}{dice.one(LETTERS)}".upper()


def _in_lists(dice: Dice) -> list[str]:
    """One list for most; two for one in five, three for one in twenty. Sometimes the same list twice."""
    throw = dice.below(100)
    many = 3 if throw < 5 else 2 if throw < 25 else 1
    start = dice.below(len(FEEDS))
    found = [FEEDS[(start + step) % len(FEEDS)] for step in range(many)]
    return [*found, found[0]] if dice.yes(3) else found


def _written(dice: Dice, person: Person) -> tuple[str, ...]:
    """The person as one list has them, with what goes wrong."""
    given, family, (year, month, day), postcode = person.given, person.family, person.born, person.postcode
    if dice.yes(6):
        given = _slip(dice, given)
    if dice.yes(5):
        family = _slip(dice, family)
    if person.sex == "female" and dice.yes(4):
        family = _family(dice)
    if dice.yes(2):
        given, family = family, given
    if dice.yes(2) and day <= 12:
        month, day = day, month
    if dice.yes(3):
        day = 1 + (day + 9) % 28
    if dice.yes(15):
        postcode = _postcode(dice)
    if dice.yes(6):
        postcode = ""
    sex = dice.one(("female", "male")) if dice.yes(1) else person.sex
    sex = "" if dice.yes(4) else dice.one((sex, sex[0].upper()))
    born = "" if dice.yes(2) else f"{day:02d}/{month:02d}/{year}"
    return given, family, born, postcode, sex


def _slip(dice: Dice, name: str) -> str:
    """A letter left out, doubled, changed, or two the other way round."""
    at = dice.below(len(name) - 1)
    kinds = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + dice.one(LETTERS) + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return kinds[dice.below(4)]
