resource "aws_ecr_repository" "one" {
  # ruleid: terraform-image-tags-mutable
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository" "two" {
  name = "app"
  # ruleid: terraform-image-tags-mutable
  image_tag_mutability = "IMMUTABLE"
  force_delete         = true
}

module "three" {
  source = "./repository"
  # ruleid: terraform-image-tags-mutable
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository" "four" {
  # ok: terraform-image-tags-mutable
  image_tag_mutability = "IMMUTABLE"
  # ok: terraform-image-tags-mutable
  name = "MUTABLE"
}

resource "aws_ecr_repository" "five" {
  # ok: terraform-image-tags-mutable
  image_tag_mutability = var.mutability
  # ok: terraform-image-tags-mutable
  force_delete = false
}
