"""What the scanner says of itself in XML."""

from deploy.network_scanner.device import Device

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<scan:{0} xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">
<pwg:Version>2.63</pwg:Version>
"""
SOURCE = """<scan:{0}>
<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth>
<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>4200</scan:MaxHeight>
<scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>
<scan:DocumentFormats><pwg:DocumentFormat>application/pdf</pwg:DocumentFormat>
<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat></scan:DocumentFormats>
<scan:SupportedResolutions><scan:DiscreteResolutions>
<scan:DiscreteResolution><scan:XResolution>100</scan:XResolution><scan:YResolution>100</scan:YResolution></scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>200</scan:XResolution><scan:YResolution>200</scan:YResolution></scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>600</scan:XResolution><scan:YResolution>600</scan:YResolution></scan:DiscreteResolution>
</scan:DiscreteResolutions></scan:SupportedResolutions>
</scan:SettingProfile></scan:SettingProfiles></scan:{0}>
"""
JOB = """<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/{0}</pwg:JobUri><pwg:JobState>{1}</pwg:JobState>
<pwg:ImagesCompleted>{2}</pwg:ImagesCompleted></scan:JobInfo>
"""
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE s ['
    + '<!ENTITY e0 "Scanner">'
    + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    + "]><ScannerCapabilities><MakeAndModel>&e12;</MakeAndModel></ScannerCapabilities>"
)


def capabilities(glass: bool) -> str:
    own = "<pwg:MakeAndModel>Estrado AirScan 100</pwg:MakeAndModel>\n"
    platen = f"<scan:Platen>{SOURCE.format('PlatenInputCaps')}</scan:Platen>\n" if glass else ""
    feeder = f"<scan:Adf>{SOURCE.format('AdfSimplexInputCaps')}</scan:Adf>\n"
    return HEAD.format("ScannerCapabilities") + own + platen + feeder + "</scan:ScannerCapabilities>"


def status(device: Device, busy: bool) -> str:
    state = "Processing" if busy or device.active else "Idle"
    jobs = "".join(JOB.format(name, job.state, job.given) for name, job in device.jobs.items())
    return (
        HEAD.format("ScannerStatus")
        + f"<pwg:State>{state}</pwg:State><scan:AdfState>{device.feeder}</scan:AdfState>\n"
        + f"<scan:Jobs>{jobs}</scan:Jobs></scan:ScannerStatus>"
    )
