// Whether somebody sees it: room may be kept for what has nothing to say or to do yet.
export const seen = (one) => one.checkVisibility({ visibilityProperty: true, checkVisibilityCSS: true });
