//! The headers of the order export as downloaded in the United States, verbatim, by year.

/// 57 columns.
pub(super) const YEAR_2024: &str = "\
    Order ID,Order Status,Order Substatus,Cancelation/Return Type,Normal or Pre-order,\
    SKU ID,Seller SKU,Product Name,Variation,Quantity,Sku Quantity of return,\
    SKU Unit Original Price,SKU Subtotal Before Discount,SKU Platform Discount,\
    SKU Seller Discount,SKU Subtotal After Discount,Shipping Fee After Discount,\
    Original Shipping Fee,Shipping Fee Seller Discount,Shipping Fee Platform Discount,\
    Payment platform discount,Retail Delivery Fee,Taxes,Order Amount,Order Refund Amount,\
    Created Time,Paid Time,RTS Time,Shipped Time,Delivered Time,Cancelled Time,Cancel By,\
    Cancel Reason,Fulfillment Type,Warehouse Name,Tracking ID,Delivery Option Type,\
    Delivery Option,Shipping Provider Name,Buyer Message,Buyer Username,Recipient,Phone #,\
    Country,State,City,Zipcode,Detail Address,Additional address information,\
    House Name or Number,Delivery Instruction,Payment Method,Weight(kg),Product Category,\
    Package ID,Seller Note,Shipping Information";

/// 58 columns.
pub(super) const YEAR_2025: &str = "\
    Order ID,Order Status,Order Substatus,Cancelation/Return Type,Normal or Pre-order,\
    SKU ID,Seller SKU,Product Name,Variation,Quantity,Sku Quantity of return,\
    SKU Unit Original Price,SKU Subtotal Before Discount,SKU Platform Discount,\
    SKU Seller Discount,SKU Subtotal After Discount,Shipping Fee After Discount,\
    Original Shipping Fee,Shipping Fee Seller Discount,Co-Funded Shipping Fee Discount,\
    Shipping Fee Platform Discount,Payment platform discount,Retail Delivery Fee,Taxes,\
    Order Amount,Order Refund Amount,Created Time,Paid Time,RTS Time,Shipped Time,\
    Delivered Time,Cancelled Time,Cancel By,Cancel Reason,Fulfillment Type,Warehouse Name,\
    Tracking ID,Delivery Option Type,Delivery Option,Shipping Provider Name,Buyer Message,\
    Buyer Username,Recipient,Phone #,Country,State,City,Zipcode,Address Line 1,\
    Address Line 2,Delivery Instruction,Payment Method,Weight(kg),Product Category,\
    Package ID,Seller Note,Shipping Information,Combined Listing";

/// 63 columns.
pub(super) const YEAR_2026: &str = "\
    Order ID,Order Status,Order Substatus,Cancelation/Return Type,Normal or Pre-order,\
    SKU ID,Seller SKU,Product ID,Product Name,Variation, Virtual Bundle Seller SKU,Quantity,\
    Sku Quantity of return,SKU Unit Original Price,SKU Subtotal Before Discount,\
    SKU Platform Discount,SKU Seller Discount,SKU Subtotal After Discount,\
    Shipping Fee After Discount,Original Shipping Fee,Shipping Fee Seller Discount,\
    Co-Funded Shipping Fee Discount,Shipping Fee Platform Discount,\
    Payment platform discount,Retail Delivery Fee,Taxes,Order Amount,Order Refund Amount,\
    Created Time,Paid Time,RTS Time,Shipped Time,Delivered Time,Cancelled Time,Cancel By,\
    Cancel Reason,Fulfillment Type,Warehouse Name,Tracking ID,Delivery Option Type,\
    Delivery Option,Shipping Provider Name,Buyer Message,Buyer Nickname,Buyer Username,\
    Recipient,Phone #,Country,State,City,Zipcode,Address Line 1,Address Line 2,\
    Delivery Instruction,Payment Method,Weight(kg),Product Category,Package ID,Seller Note,\
    Shipping Information,Combined Listing,Order Channel,Creator Handle";
