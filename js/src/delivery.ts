/** A delivery's metadata. */
export interface Delivery {
  /** The delivery's UUID, as received. Docutray does not document whether a retry carries a new one. */
  requestId: string;
  /** When the delivery was signed: Unix time in seconds. */
  timestamp: number;
  /** The event's name as the header gives it. */
  event: string;
  /** `false` with `url: false`: anybody who has seen a delivery could have written the three fields above. */
  metadataAuthenticated: boolean;
}
