import pysnmp.hlapi as hlapi
from pysnmp.hlapi import CommunityData, UsmUserData

# ruleid: python-snmp-insecure
one = CommunityData("public", mpModel=0)
# ruleid: python-snmp-insecure
two = hlapi.CommunityData("private")
# ruleid: python-snmp-insecure
three = UsmUserData("user", auth_key)
# ruleid: python-snmp-insecure
four = UsmUserData("user", authKey=auth_key)
# ok: python-snmp-insecure
five = UsmUserData("user", auth_key, privacy_key)
# ok: python-snmp-insecure
six = UsmUserData("user", authKey=auth_key, privKey=privacy_key)
# ok: python-snmp-insecure
seven = hlapi.UsmUserData("user", auth_key, privacy_key)
# ok: python-snmp-insecure
eight = community.CommunityData("public")


def every_form(request):
    # ruleid: python-snmp-insecure
    pysnmp.hlapi.asyncio.CommunityData()
    # ruleid: python-snmp-insecure
    pysnmp.hlapi.v3arch.CommunityData()
    # ruleid: python-snmp-insecure
    pysnmp.hlapi.v3arch.asyncio.CommunityData()
    # ruleid: python-snmp-insecure
    pysnmp.hlapi.UsmUserData(name)
