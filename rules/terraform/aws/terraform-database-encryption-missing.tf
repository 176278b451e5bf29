# ruleid: terraform-database-encryption-missing
resource "aws_db_instance" "one" {
  engine = "postgres"
}

# ruleid: terraform-database-encryption-missing
resource "aws_rds_cluster" "two" {
  engine = "aurora-postgresql"
}

# ruleid: terraform-database-encryption-missing
resource "aws_docdb_cluster" "three" {
  master_username = "app"
}

# ok: terraform-database-encryption-missing
resource "aws_db_instance" "four" {
  engine            = "postgres"
  storage_encrypted = true
}

# ok: terraform-database-encryption-missing
resource "aws_db_instance" "five" {
  storage_encrypted = var.encrypted
}

# ok: terraform-database-encryption-missing
resource "aws_db_instance" "six" {
  replicate_source_db = aws_db_instance.four.identifier
}

# ok: terraform-database-encryption-missing
resource "aws_db_instance" "seven" {
  snapshot_identifier = "before"
}

# ok: terraform-database-encryption-missing
resource "aws_db_subnet_group" "eight" {
  name = "x"
}
