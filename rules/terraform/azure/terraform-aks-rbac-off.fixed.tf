resource "azurerm_kubernetes_cluster" "one" {
  # ruleid: terraform-aks-rbac-off
  role_based_access_control_enabled = true
}

resource "azurerm_kubernetes_cluster" "two" {
  name = "x"
  # ruleid: terraform-aks-rbac-off
  role_based_access_control_enabled = true
}

module "three" {
  source = "./cluster"
  # ruleid: terraform-aks-rbac-off
  role_based_access_control_enabled = true
}

resource "azurerm_kubernetes_cluster" "four" {
  # ok: terraform-aks-rbac-off
  role_based_access_control_enabled = true
  # ok: terraform-aks-rbac-off
  http_application_routing_enabled = false
}

resource "azurerm_kubernetes_cluster" "five" {
  # ok: terraform-aks-rbac-off
  role_based_access_control_enabled = var.rbac
  # ok: terraform-aks-rbac-off
  name = "role_based_access_control_enabled"
}
