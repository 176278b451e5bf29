resource "aws_cloudfront_distribution" "one" {
  default_cache_behavior {
    # ruleid: terraform-cloudfront-plain-http
    viewer_protocol_policy = "redirect-to-https"
  }
  ordered_cache_behavior {
    path_pattern = "/a/*"
    # ruleid: terraform-cloudfront-plain-http
    viewer_protocol_policy = "redirect-to-https"
  }
}

resource "aws_cloudfront_distribution" "two" {
  default_cache_behavior {
    compress = true
    # ruleid: terraform-cloudfront-plain-http
    viewer_protocol_policy = "redirect-to-https"
  }
  ordered_cache_behavior {
    # ok: terraform-cloudfront-plain-http
    viewer_protocol_policy = "redirect-to-https"
  }
  ordered_cache_behavior {
    # ok: terraform-cloudfront-plain-http
    viewer_protocol_policy = "https-only"
  }
  ordered_cache_behavior {
    # ok: terraform-cloudfront-plain-http
    viewer_protocol_policy = var.policy
  }
  # ok: terraform-cloudfront-plain-http
  comment = "allow-all"
}
