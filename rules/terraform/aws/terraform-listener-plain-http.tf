resource "aws_lb_listener" "one" {
  port = 80
  # ruleid: terraform-listener-plain-http
  protocol = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.one.arn
  }
}

resource "aws_alb_listener" "two" {
  # ruleid: terraform-listener-plain-http
  protocol = "HTTP"
  default_action {
    type = "forward"
  }
}

resource "aws_lb_listener" "three" {
  default_action {
    type = "fixed-response"
  }
  # ruleid: terraform-listener-plain-http
  protocol = "HTTP"
}

resource "aws_lb_listener" "four" {
  # ok: terraform-listener-plain-http
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port     = "443"
      # ok: terraform-listener-plain-http
      protocol = "HTTPS"
    }
  }
}

resource "aws_lb_listener" "five" {
  # ok: terraform-listener-plain-http
  protocol = "HTTPS"
  default_action {
    type = "forward"
  }
}

resource "aws_lb_target_group" "six" {
  # ok: terraform-listener-plain-http
  protocol = "HTTP"
}

resource "aws_lb_listener" "seven" {
  # ok: terraform-listener-plain-http
  protocol = "TLS"
  default_action {
    type = "forward"
    redirect {
      # ok: terraform-listener-plain-http
      protocol = "HTTP"
    }
  }
}
