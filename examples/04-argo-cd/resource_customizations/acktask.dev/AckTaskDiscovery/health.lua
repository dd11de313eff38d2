-- The health of a discovery for Argo CD. At its limit it is Degraded: tasks have no AckTask, whatever their outcome.
local health = { status = "Progressing", message = "Waiting for the first lists of tasks" }

if obj.spec ~= nil and obj.spec.suspend == true then
  health.status = "Suspended"
  health.message = "Suspended by spec.suspend"
  return health
end
local status = obj.status
if status == nil or status.conditions == nil then
  return health
end
-- A status of an older generation does not describe the current object.
if obj.metadata.generation ~= nil and status.observedGeneration ~= obj.metadata.generation then
  health.message = "Waiting for the operator to observe the last change"
  return health
end

local limited = nil
for _, condition in ipairs(status.conditions) do
  if condition.type == "Ready" then
    health.message = condition.message
    if condition.status == "True" then
      health.status = "Healthy"
    elseif condition.status == "False" then
      health.status = "Degraded"
    end
  elseif condition.type == "Limited" and condition.status == "True" then
    limited = condition
  end
end
if health.status == "Healthy" and limited ~= nil then
  health.status = "Degraded"
  health.message = limited.message
end
return health
