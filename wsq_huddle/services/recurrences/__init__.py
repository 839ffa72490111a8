"""What comes back over the whole house: what the executives hear of harm and readiness.

Numbers, causes that recur, what is being done, what was learned. Only facts, the site's own words and those of
departments: what a unit typed stays with the unit and its department.
"""

from .learning import Doing, Learned
from .looking import Harm, House, look, recurring
from .telling import Kindred, Short

__all__ = ["Doing", "Harm", "House", "Kindred", "Learned", "Short", "look", "recurring"]
