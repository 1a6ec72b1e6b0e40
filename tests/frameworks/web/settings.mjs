export const SECRET = "whsec_4c1f0e7d9b3a";
export const URL = "https://example.com/hooks/docutray";
