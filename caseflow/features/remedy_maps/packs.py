"""Loading the packaged maps, after every migration. What a person has changed is never written over."""

from caseflow.features.remedy_maps.queries import maps_by_place
from caseflow.features.remedy_maps.recording import note
from caseflow.features.remedy_maps.service import STEP_FIELDS
from caseflow.law.remedy_maps import PackedMap, load_remedy_maps
from caseflow.models import Effectiveness, LimitFrom, LimitUnit, RemedyKind, RemedyMap, RemedyMapStep
from caseflow.unit_of_work import UnitOfWork

ENUMS = {"kind": RemedyKind, "limit_unit": LimitUnit, "limit_from": LimitFrom, "effectiveness": Effectiveness}


def load_map_pack(uow: UnitOfWork) -> None:
    """Write the examples as the pack has them, where there is no map yet or still an older pack's. Running it again changes nothing."""
    pack, known = load_remedy_maps(), maps_by_place(uow)
    for packed in pack.maps:
        remedy_map = known.get((packed.state_code, packed.right))
        if remedy_map is None:
            remedy_map = RemedyMap(state_code=packed.state_code, right=packed.right)
            uow.session.add(remedy_map)
        elif remedy_map.changed_at is not None or remedy_map.pack == pack.version:
            continue
        _write(uow, remedy_map, packed, pack.version)


def _write(uow: UnitOfWork, remedy_map: RemedyMap, packed: PackedMap, version: str) -> None:
    remedy_map.is_example, remedy_map.pack = True, version
    remedy_map.holiday_region, remedy_map.closed_periods = (
        packed.holiday_region,
        [list(p) for p in packed.closed_periods],
    )
    remedy_map.source, remedy_map.checked_on = packed.source, packed.checked_on
    remedy_map.steps = [
        RemedyMapStep(position=place, **{name: _value(name, getattr(step, name)) for name in STEP_FIELDS})
        for place, step in enumerate(packed.steps, 1)
    ]
    uow.flush()
    note(uow, remedy_map, "remedy_map.pack_loaded", {"steps": [None, len(packed.steps)]}, source=version)


def _value(name: str, value: object) -> object:
    return ENUMS[name](value) if name in ENUMS and isinstance(value, str) else value
