"""What the rules of time cost whoever looks at them again and again."""

from datetime import timedelta

from sqlalchemy import event

from tests.services.hospital import DAY, Hospital
from tests.services.test_patterns import up
from wsq_huddle.services import rules


def test_what_a_vacant_tier_was_told_of_once_costs_no_transaction_at_the_next_look(hospital: Hospital) -> None:
    department = hospital["cardiac"]
    hospital.clock.put("07:00", DAY + timedelta(days=6))
    for number in range(25):
        up(hospital["4-west"], f"Bed {number} squeaks")
    hospital.deliver()
    told = [rules.run(department), rules.run(department)]
    begun: list[str] = []
    event.listen(department.store.engine, "begin", lambda connection: begun.append(connection.dialect.name))

    assert told == [20, 5]
    assert (rules.run(department), begun) == (0, [])
