/** Names of HTML elements, the obsolete ones left out. */
export const HTML_ELEMENTS: ReadonlySet<string> = new Set(
  `a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite code col
  colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark menu meta meter
  nav noscript object ol optgroup option output p picture pre progress q rp rt ruby s samp script search section
  select slot small source span strong style sub summary sup table tbody td template textarea tfoot th thead time
  title tr track u ul var video wbr`.split(/\s+/),
);

/** Names of SVG elements that HTML does not have. */
export const SVG_ELEMENTS: ReadonlySet<string> = new Set(
  `animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComposite
  feDropShadow feFlood feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset feTile feTurbulence filter
  foreignObject g image line linearGradient marker mask metadata mpath path pattern polygon polyline radialGradient
  rect set stop svg switch symbol text textPath tspan use view`.split(/\s+/),
);

export const INTRINSIC_ELEMENTS: ReadonlySet<string> = new Set([...HTML_ELEMENTS, ...SVG_ELEMENTS]);

/** Elements that never have a closing tag in HTML. */
export const VOID_ELEMENTS: ReadonlySet<string> = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
);
