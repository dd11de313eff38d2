-- The health of a gate for Argo CD. Only an open gate is Healthy. One that waits again is Progressing, never Degraded.
local status = obj.status
local health = { status = "Progressing", message = "Waiting for the operator to observe the gate" }

if status == nil or status.conditions == nil then
  return health
end
-- A status of an older generation does not describe the current object.
if obj.metadata.generation ~= nil and status.observedGeneration ~= obj.metadata.generation then
  health.message = "Waiting for the operator to observe the last change"
  return health
end

local verdict = nil
local synced = nil
for _, condition in ipairs(status.conditions) do
  if condition.type == "Succeeded" then
    verdict = condition
  elseif condition.type == "Synced" then
    synced = condition
  end
end
if verdict == nil then
  return health
end

health.message = verdict.message
if verdict.status == "True" then
  health.status = "Healthy"
elseif verdict.status == "False" then
  health.status = "Degraded"
elseif synced ~= nil and synced.status == "False" and synced.message ~= nil then
  health.message = (verdict.message or "") .. " " .. synced.message
end
return health
