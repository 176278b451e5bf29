resource "aws_db_instance" "one" {
  # ruleid: terraform-database-public
  publicly_accessible = true
}

resource "aws_rds_cluster_instance" "two" {
  engine = "aurora"
  # ruleid: terraform-database-public
  publicly_accessible = true
}

resource "aws_redshift_cluster" "three" {
  # ruleid: terraform-database-public
  publicly_accessible = true
}

resource "aws_db_instance" "four" {
  # ok: terraform-database-public
  publicly_accessible = false
}

resource "aws_db_instance" "five" {
  # ok: terraform-database-public
  publicly_accessible = var.public
}

resource "aws_db_instance" "six" {
  # ok: terraform-database-public
  multi_az = true
  # ok: terraform-database-public
  deletion_protection = true
}
