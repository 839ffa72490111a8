"""Carries entries between tiers: the wire, the hub for the nodes below, the link to the node above, enrolment.

    node below ── link ──> POST /v1/push ──> hub ── node above
               <── GET /v1/feed (long poll) ──

Nothing is imported here, so that the screens get the link without the hub.
"""
