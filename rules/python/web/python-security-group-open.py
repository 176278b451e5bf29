import boto3

ec2 = boto3.client("ec2")
# ruleid: python-security-group-open
ec2.authorize_security_group_ingress(GroupId="g", CidrIp="0.0.0.0/0", FromPort=22, ToPort=22, IpProtocol="tcp")
# ruleid: python-security-group-open
ec2.authorize_security_group_ingress(GroupId="g", IpPermissions=[{"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
# ruleid: python-security-group-open
group.authorize_ingress(IpPermissions=[{"FromPort": 22, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}])
# ok: python-security-group-open
ec2.authorize_security_group_ingress(GroupId="g", CidrIp="10.0.0.0/8", FromPort=22, ToPort=22, IpProtocol="tcp")
# ok: python-security-group-open
ec2.authorize_security_group_egress(GroupId="g", IpPermissions=[{"IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
# ok: python-security-group-open
ec2.authorize_security_group_ingress(GroupId="g", IpPermissions=[{"IpRanges": [{"CidrIp": cidr}]}])
# ok: python-security-group-open
routes.append({"CidrIp": "0.0.0.0/0"})
