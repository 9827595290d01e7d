"""How right events are, measured against a user's own labels."""

from geoconflict.evaluating.labels import Labels, load_labels, load_predictions
from geoconflict.evaluating.matching import Rules
from geoconflict.evaluating.measures import Evaluation, Figure, evaluate

__all__ = ["Evaluation", "Figure", "Labels", "Rules", "evaluate", "load_labels", "load_predictions"]
