"""How a drawn face does what it is asked to."""

from tests.drawn_faces import Pose

AS_ASKED = {
    "turn_left": Pose(turned=1),
    "turn_right": Pose(turned=-1),
    "tilt_left": Pose(leaning=14),
    "tilt_right": Pose(leaning=-14),
    "closer": Pose(size=1.3),
    "further": Pose(size=0.7),
}
