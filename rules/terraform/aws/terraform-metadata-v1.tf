resource "aws_instance" "one" {
  metadata_options {
    # ruleid: terraform-metadata-v1
    http_tokens = "optional"
  }
}

resource "aws_launch_template" "two" {
  metadata_options {
    http_endpoint = "enabled"
    # ruleid: terraform-metadata-v1
    http_tokens = "optional"
  }
}

resource "aws_launch_configuration" "three" {
  metadata_options {
    # ruleid: terraform-metadata-v1
    http_tokens = "optional"
  }
}

resource "aws_instance" "four" {
  metadata_options {
    # ok: terraform-metadata-v1
    http_tokens = "required"
    # ok: terraform-metadata-v1
    http_put_response_hop_limit = 1
  }
}

resource "aws_instance" "five" {
  metadata_options {
    # ok: terraform-metadata-v1
    http_tokens = var.tokens
  }
  # ok: terraform-metadata-v1
  ami = "optional"
}
