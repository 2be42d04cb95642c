"""The commands of the live room, a row each: see `api/commands/table.py`."""

from api.access.permissions import Permission
from api.commands.row import CommandRow
from domain import commands
from domain.actions import floor, microphones, recording_again

CITIZEN = Permission.ACT_AS_CITIZEN
HOST = Permission.HOLD_SESSION
WHO = {"participant": "p1"}

ROOM = (
    CommandRow(commands.OpenRoom, HOST, "Open the room", {}),
    CommandRow(commands.AdmitParticipant, HOST, "Let somebody in", WHO),
    CommandRow(commands.DismissParticipant, HOST, "Send somebody out", WHO | {"reason": "Ha terminado."}),
    CommandRow(
        commands.OpenPrivateRoom,
        HOST,
        "Let lawyer and client talk alone",
        {"lawyer": "p3", "client": "p1", "minutes": 10},
    ),
    CommandRow(
        commands.ClosePrivateRoom,
        Permission.END_PRIVATE_TALK,
        "Come back from talking alone",
        {"room": "prc_0193f0a05b7c8000.private-1"},
    ),
    CommandRow(floor.AskForFloor, CITIZEN, "Ask for the floor", WHO),
    CommandRow(floor.WithdrawFloorRequest, CITIZEN, "Take back that one asked for the floor", WHO),
    CommandRow(floor.GiveFloor, HOST, "Give somebody the floor", WHO),
    CommandRow(recording_again.RecordAgain, HOST, "Try once more to record, after that had failed", {}),
    CommandRow(microphones.MuteParticipant, HOST, "Close somebody's microphone", WHO),
    CommandRow(microphones.UnmuteParticipant, HOST, "Open somebody's microphone again", WHO),
    CommandRow(microphones.MuteEveryone, HOST, "Close all microphones but one's own and that of who has the floor", {}),
    CommandRow(microphones.UnmuteEveryone, HOST, "Open all microphones again", {}),
)
