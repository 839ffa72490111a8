"""Who stands in for a node outside its days and hours, as people are told it: a name, and the number to ring."""

from wsq_huddle.domain.records import record


@record(kw_only=True)
class StandIn:
    """The node that covers for another one now; `call` is empty where it has told no number."""

    node: str
    name: str
    call: str = ""

    @property
    def words(self) -> str:
        """Say it in a few words: `Nursing supervisor stands in, ring 4400`."""
        return f"{self.name} stands in{f', ring {self.call}' if self.call else ''}"
