-- The health of a connection for Argo CD. One that no AckTask has used yet is Healthy, so that it blocks no sync.
local health = { status = "Progressing", message = "Waiting for the operator to observe the connection" }

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

for _, condition in ipairs(status.conditions) do
  if condition.type == "Ready" then
    health.message = condition.message
    if condition.status == "True" or condition.reason == "NotUsedYet" then
      health.status = "Healthy"
    elseif condition.status == "False" then
      health.status = "Degraded"
    end
  end
end
return health
