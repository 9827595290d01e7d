"""What of a store people should look at, and how what they decide is written down."""

from geoconflict.reviewing.agreement import Agreement, agreement
from geoconflict.reviewing.deciding import Decision, apply_decisions, decide
from geoconflict.reviewing.listing import Doubt, ReviewItem, review_items

__all__ = [
    "Agreement",
    "Decision",
    "Doubt",
    "ReviewItem",
    "agreement",
    "apply_decisions",
    "decide",
    "review_items",
]
