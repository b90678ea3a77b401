-- With update-request.
  , stage = :stage, phase = :phase, closed = :closed
