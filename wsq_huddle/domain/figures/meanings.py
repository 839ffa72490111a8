"""What each figure means, how it is worked out, where that comes from, and what it does not say."""

from wsq_huddle.domain.records import record


@record(kw_only=True)
class Meaning:
    """The definition of one figure; `name` is that of the JSON, with its group."""

    name: str
    title: str
    definition: str
    formula: str
    source: str
    does_not_say: str


_CHAIN = "The chain: plan, calendar and what the node has written (IHI white paper, Quality Control)."
_LOG = "The problem's own story in the log."
_NOT_QUALITY = "How good the huddle was."

MEANINGS: tuple[Meaning, ...] = (
    Meaning(
        name="huddles.planned",
        title="Huddles planned",
        definition="Huddles of the morning that were due in the period, and others that were written about.",
        formula="Lines of `chain` of all days of the period, without those still to come and those from before the "
        "node was there.",
        source=_CHAIN,
        does_not_say="Whether the plan was right for those days.",
    ),
    Meaning(
        name="huddles.held",
        title="Huddles held",
        definition="Huddles that were opened, closed or not, and those that the node above marked as on paper.",
        formula="Lines with the state held or open.",
        source=_CHAIN,
        does_not_say=_NOT_QUALITY,
    ),
    Meaning(
        name="huddles.late",
        title="Opened late",
        definition="Huddles that opened more than [rules] late_minutes after their slot, or have not opened by then.",
        formula="Lines that `chain` shows as late; those that were held count in held too.",
        source=_CHAIN,
        does_not_say="Why. An emergency and a forgotten huddle look the same here.",
    ),
    Meaning(
        name="huddles.missed",
        title="No huddle",
        definition="Huddles of which nothing was written, by a node that was in touch afterwards.",
        formula="Lines with the state missed. A node that was not heard of since is no word, and not missed.",
        source=_CHAIN,
        does_not_say="That nobody spoke with each other: it may have been held on paper.",
    ),
    Meaning(
        name="huddles.skipped",
        title="Called off with a reason",
        definition="Huddles that the node called off, or the node above marked as emergency, short of staff or closed.",
        formula="Lines with the state skipped.",
        source=_CHAIN,
        does_not_say="Whether the reason was a good one; nobody has to defend it.",
    ),
    Meaning(
        name="huddles.median_minutes",
        title="A huddle took",
        definition="How long a huddle took that was opened and closed.",
        formula="Median of closed minus opened; huddles left open or typed in from paper have none.",
        source=_CHAIN,
        does_not_say="How long people stood there: one that was closed late counts until then.",
    ),
    Meaning(
        name="problems.raised",
        title="Problems raised",
        definition="Problems that were raised in the period at the node or below it, as far as this node knows.",
        formula="Problems whose first entry lies in the period. All other figures of problems are about these.",
        source=_LOG,
        does_not_say="That things got worse: more problems said aloud is what a huddle is for. From two tiers up only "
        "those are known that were passed on.",
    ),
    Meaning(
        name="problems.escalated",
        title="Asked for help with",
        definition="Of these, problems for which somebody asked the next tier for help.",
        formula="Problems with at least one hand-over to the next tier for action.",
        source=_LOG,
        does_not_say="That they could have been solved below. Telling the next tier (awareness) is not counted.",
    ),
    Meaning(
        name="problems.resolved_by_tier",
        title="Solved, by tier",
        definition="Of these, problems that are solved now, by the tier of the node that solved them.",
        formula="Problems that are solved or closed by the tier of who said so; opened again counts no more.",
        source=_LOG,
        does_not_say="Whether it worked: that is for who raised it to say.",
    ),
    Meaning(
        name="problems.median_hours.acknowledge",
        title='Until "got it"',
        definition="From asking somebody for help until they said that they had it.",
        formula="Median hours from each hand-over to the first turn of who got it.",
        source=_LOG,
        does_not_say="How long those wait who have no answer yet; clocks of two computers lie between.",
    ),
    Meaning(
        name="problems.median_hours.resolve",
        title="Until solved",
        definition="From raising a problem until it was solved.",
        formula="Median hours from raised to solved, of those that are solved now.",
        source=_LOG,
        does_not_say="Anything about problems that are still open, the longest ones.",
    ),
    Meaning(
        name="problems.median_hours.confirm",
        title='Until "yes, fixed"',
        definition="From the solution until who raised the problem said that it worked.",
        formula="Median hours from solved to confirmed; one that lapsed without a word has none.",
        source=_LOG,
        does_not_say="When it began to work.",
    ),
    Meaning(
        name="problems.median_hours_at_tier",
        title="Time at each tier",
        definition="How long a problem was with nodes of a tier until it was solved.",
        formula="Hours with all nodes of the tier together, by problem; the median of these. One that is still there "
        "counts with its time so far.",
        source=_LOG,
        does_not_say="How long anybody worked on it: nights and weekends count.",
    ),
    Meaning(
        name="problems.returned",
        title="Sent back",
        definition="How often these problems were sent back with an answer.",
        formula="Hand-overs back, all of them.",
        source=_LOG,
        does_not_say="That they were refused: help given is sent back too.",
    ),
    Meaning(
        name="problems.reopened",
        title="Opened again",
        definition="How often who raised them said that it did not work.",
        formula="Turns that opened a solved problem again.",
        source=_LOG,
        does_not_say="Whose fault it was. A loop that is opened again is a loop that works.",
    ),
    Meaning(
        name="answers.given",
        title="Answered",
        definition="Of these problems, those that have an answer or a solution now.",
        formula="Problems with an answer that stands.",
        source=_LOG,
        does_not_say="Whether the answer was yes. Not possible now, and why, is an answer.",
    ),
    Meaning(
        name="answers.read_out",
        title="Read out",
        definition="Of these answers, those that were read out in the huddle of who raised the problem.",
        formula="Answers that were said aloud, of those given.",
        source=_LOG,
        does_not_say="Who was there to hear it.",
    ),
    Meaning(
        name="answers.not_now",
        title="Not possible now",
        definition="Of these answers, those that say that it is not possible now, why, and what to do until then.",
        formula="Answers that stand and were given as not possible now, of those given.",
        source=_LOG,
        does_not_say="That nobody helped. An honest no, said early, is an answer that one can plan with.",
    ),
    Meaning(
        name="silent",
        title="Raised nothing",
        definition="Units that held at least 5 huddles and raised no problem. Told to the unit and the node above it.",
        formula="5 or more held, 0 raised.",
        source="Escalating nothing is a sign that it may not be safe to speak (field practice, Value Capture).",
        does_not_say="That something is wrong. It is a question: what would make it easier to say something?",
    ),
    Meaning(
        name="escalates_everything",
        title="Asks for help with everything",
        definition="Units that raised at least 5 problems and asked for help with all but a tenth. Only the unit and "
        "the node above it are told.",
        formula="5 or more raised, at least 9 of 10 asked for help with.",
        source="Escalating everything is a sign that people may not be allowed to solve things (field practice, Value "
        "Capture).",
        does_not_say="That it should ask less. It is a question: what could it solve itself, with what?",
    ),
)


def meaning(name: str) -> Meaning:
    """The definition of a figure by its name."""
    return next(one for one in MEANINGS if one.name == name)
