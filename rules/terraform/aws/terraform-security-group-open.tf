resource "aws_security_group" "one" {
  ingress {
    from_port = 22
    to_port   = 22
    # ruleid: terraform-security-group-open
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port = 0
    to_port   = 65535
    # ruleid: terraform-security-group-open
    ipv6_cidr_blocks = ["::/0"]
  }
  ingress {
    from_port = 443
    to_port   = 443
    # ok: terraform-security-group-open
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port = 22
    to_port   = 22
    # ok: terraform-security-group-open
    cidr_blocks = ["10.0.0.0/8"]
  }
  egress {
    # ok: terraform-security-group-open
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group_rule" "two" {
  type      = "ingress"
  from_port = 3306
  to_port   = 3306
  # ruleid: terraform-security-group-open
  cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
}

resource "aws_security_group_rule" "three" {
  type = "egress"
  # ok: terraform-security-group-open
  cidr_blocks = ["0.0.0.0/0"]
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  # ruleid: terraform-security-group-open
  cidr_ipv4 = "0.0.0.0/0"
  to_port   = 22
}

resource "aws_vpc_security_group_ingress_rule" "ssh6" {
  # ruleid: terraform-security-group-open
  cidr_ipv6 = "::/0"
  to_port   = 22
}

resource "aws_vpc_security_group_ingress_rule" "web" {
  # ok: terraform-security-group-open
  cidr_ipv4 = "0.0.0.0/0"
  to_port   = 443
}
