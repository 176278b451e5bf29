resource "azurerm_storage_account" "one" {
  # ruleid: terraform-tls-old-version
  min_tls_version = "TLS1_2"
}

resource "aws_lb_listener" "two" {
  # ruleid: terraform-tls-old-version
  ssl_policy = "ELBSecurityPolicy-2016-08"
}

resource "aws_cloudfront_distribution" "three" {
  viewer_certificate {
    # ruleid: terraform-tls-old-version
    minimum_protocol_version = "TLSv1"
  }
}

resource "azurerm_storage_account" "four" {
  # ok: terraform-tls-old-version
  min_tls_version = "TLS1_2"
}

resource "aws_lb_listener" "five" {
  # ok: terraform-tls-old-version
  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  # ok: terraform-tls-old-version
  port = "1.0"
}

resource "aws_cloudfront_distribution" "six" {
  viewer_certificate {
    # ok: terraform-tls-old-version
    minimum_protocol_version = "TLSv1.2_2021"
  }
}
