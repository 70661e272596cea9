"""A project's own names for the drafter: whom its articles mention and no packaged list has."""

from pydantic import Field

from briefgen.model.terms import Kind, Line, Node


class Actor(Node):
    """One stakeholder by name."""

    name: Line = Field(description="The name as printed.", examples=["Port Authority of Rostock"])
    kind: Kind = Field(Kind.GROUP, description="What they are.", examples=["company"])
    names: tuple[Line, ...] = Field((), description="Other names that articles use.", examples=[["Rostock Port"]])


class Actors(Node):
    """A file of names: `actors:` with one entry each."""

    actors: tuple[Actor, ...] = Field(description="The names.", examples=[[{"name": "Rostock Port"}]])
