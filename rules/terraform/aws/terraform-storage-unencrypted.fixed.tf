resource "aws_db_instance" "one" {
  # ruleid: terraform-storage-unencrypted
  storage_encrypted = true
}

resource "aws_ebs_volume" "two" {
  # ruleid: terraform-storage-unencrypted
  encrypted = true
}

resource "aws_elasticache_replication_group" "three" {
  # ruleid: terraform-storage-unencrypted
  at_rest_encryption_enabled = true
  # ruleid: terraform-storage-unencrypted
  sqs_managed_sse_enabled = true
}

resource "aws_db_instance" "four" {
  # ok: terraform-storage-unencrypted
  storage_encrypted = true
  # ok: terraform-storage-unencrypted
  multi_az = false
}

resource "aws_ebs_volume" "five" {
  # ok: terraform-storage-unencrypted
  encrypted = var.encrypted
  # ok: terraform-storage-unencrypted
  size = 10
}

resource "aws_opensearch_domain" "blocks" {
  encrypt_at_rest {
    # ruleid: terraform-storage-unencrypted
    enabled = true
  }
  node_to_node_encryption {
    # ruleid: terraform-storage-unencrypted
    enabled = true
  }
  auto_tune_options {
    # ok: terraform-storage-unencrypted
    enabled = false
  }
}

resource "aws_dynamodb_table" "block" {
  server_side_encryption {
    # ruleid: terraform-storage-unencrypted
    enabled = true
  }
}
