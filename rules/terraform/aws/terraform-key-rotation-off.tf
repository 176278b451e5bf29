resource "aws_kms_key" "one" {
  # ruleid: terraform-key-rotation-off
  enable_key_rotation = false
}

resource "aws_kms_key" "two" {
  description = "data"
  # ruleid: terraform-key-rotation-off
  enable_key_rotation = false
}

resource "aws_kms_external_key" "three" {
  # ruleid: terraform-key-rotation-off
  enable_key_rotation = false
}

resource "aws_kms_key" "four" {
  # ok: terraform-key-rotation-off
  enable_key_rotation = true
  # ok: terraform-key-rotation-off
  is_enabled = false
}

resource "aws_kms_key" "five" {
  # ok: terraform-key-rotation-off
  enable_key_rotation = var.rotate
  # ok: terraform-key-rotation-off
  description = "enable_key_rotation = false"
}
