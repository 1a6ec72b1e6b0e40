/** The metadata of one delivery. */
export interface Delivery {
  /** A UUID, one for each delivery, as received. Whether a retry carries a new one is not documented. */
  requestId: string;
  /** Unix time in seconds. */
  timestamp: number;
  /** The event's name as the header gives it. */
  event: string;
  /** `false` with `url: false`: then anybody who has seen one delivery can set the three above at will. */
  metadataAuthenticated: boolean;
}
